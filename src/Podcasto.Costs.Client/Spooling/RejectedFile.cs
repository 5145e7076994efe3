using System.Text.Encodings.Web;
using System.Text.Json;

namespace Podcasto.Costs.Client.Spooling;

/// <summary>
/// Keeps events that were set aside in <c>rejected.ndjson</c> of the spool's folder, to be mended and sent by hand: a line each,
/// <c>{"reasons": [...], "event": {...}}</c>, at most 16 MiB of them.
/// </summary>
internal sealed class RejectedFile(string? folder)
{
    private const long MaxBytes = 16L << 20;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="IOException">The disk fails.</exception>
    public void Add(RejectedEvent rejected)
    {
        if (folder is null)
            return;
        var path = Path.Combine(folder, "rejected.ndjson");
        if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
            return;
        File.AppendAllBytes(path, Line(rejected));
    }

    private static byte[] Line(RejectedEvent rejected)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("reasons");
            foreach (var reason in rejected.Reasons)
                json.WriteStringValue(reason);
            json.WriteEndArray();
            json.WritePropertyName("event");
            // Of one that no JSON can say only the service is known.
            if (rejected.Json is ['{', ..])
                json.WriteRawValue(rejected.Json, skipInputValidation: true);
            else
                json.WriteStringValue(rejected.Json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }
}
