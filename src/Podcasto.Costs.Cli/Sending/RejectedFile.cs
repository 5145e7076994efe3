using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Podcasto.Costs.Cli.Sending;

/// <summary>The lines that the server did not take, a JSON object each: <c>{"line", "message", "text"}</c>.</summary>
internal sealed class RejectedFile(string? path)
{
    // For people and jq rather than for web pages.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string? Path => path;

    public long Bytes => path is not null && File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>Goes back to what an acknowledged state knows of; nothing for a fresh start.</summary>
    public void CutTo(long bytes)
    {
        if (path is null || !File.Exists(path))
            return;
        if (bytes == 0)
        {
            File.Delete(path);
            return;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(Math.Min(bytes, file.Length));
    }

    public void Add(IReadOnlyCollection<(EventLine Line, string Message)> rejected)
    {
        if (path is null || rejected.Count == 0)
            return;
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        foreach (var (line, message) in rejected)
        {
            using (var writer = new Utf8JsonWriter(file, Readable))
            {
                writer.WriteStartObject();
                writer.WriteNumber("line", line.Number);
                writer.WriteString("message", message);
                // Bytes that are no UTF-8 become signs of that: the file stays readable.
                writer.WriteString("text", Encoding.UTF8.GetString(line.Text));
                writer.WriteEndObject();
            }

            file.Write("\n"u8);
        }
    }
}
