using System.Globalization;
using System.Text.Json;
using Google.Protobuf;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>The answer to an export: empty where every span became a cost, else with the partial success that says what was left out.</summary>
internal static class TraceAnswer
{
    public static Task WriteAsync(HttpContext context, string encoding, TraceReport report) =>
        TraceEncoding.WriteAsync(context, encoding, encoding == TraceEncoding.Protobuf ? Protobuf(report) : Json(report));

    private static byte[] Protobuf(TraceReport report)
    {
        if (report.Message is not { } message)
            return [];
        var partial = TraceEncoding.Message(output =>
        {
            if (report.Rejected > 0)
            {
                output.WriteTag(1, WireFormat.WireType.Varint);
                output.WriteInt64(report.Rejected);
            }

            output.WriteTag(2, WireFormat.WireType.LengthDelimited);
            output.WriteString(message);
        });
        return TraceEncoding.Message(output =>
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(partial));
        });
    }

    // Protobuf's JSON has 64-bit integers as strings.
    private static byte[] Json(TraceReport report) =>
        report.Message is not { } message
            ? "{}"u8.ToArray()
            : JsonSerializer.SerializeToUtf8Bytes(
                new { partialSuccess = new { rejectedSpans = report.Rejected.ToString(CultureInfo.InvariantCulture), errorMessage = message } }
            );
}
