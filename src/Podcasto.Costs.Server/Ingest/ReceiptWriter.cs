using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>
/// Writes receipts. A short one goes out together with its headers; the framework's way, which would stream it, takes as much CPU as reading the event.
/// </summary>
internal static class ReceiptWriter
{
    private const int Short = 1024;

    private static readonly JsonTypeInfo<IngestReceipt> Type = (JsonTypeInfo<IngestReceipt>)WireJson.Options.GetTypeInfo(typeof(IngestReceipt));

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _scratch;

    public static Task WriteAsync(HttpContext context, IngestReceipt receipt)
    {
        if (receipt.Events is { Count: > 1 } || receipt.Errors is { Count: > 0 })
            return TypedResults.Ok(receipt).ExecuteAsync(context);
        _scratch ??= NewScratch();
        var (buffer, writer) = _scratch.Value;
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        JsonSerializer.Serialize(writer, receipt, Type);
        var response = context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = buffer.WrittenCount;
        response.BodyWriter.Write(buffer.WrittenSpan);
        return Task.CompletedTask;
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewScratch()
    {
        var buffer = new ArrayBufferWriter<byte>(Short);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireJson.Options.Encoder, SkipValidation = true }));
    }
}
