using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Podcasto.Costs.Server.Exports;

/// <summary>Rows as JSON, an object a line, streamed: memory does not grow with them.</summary>
/// <param name="rows">The rows.</param>
/// <param name="write">Writes one as one JSON value.</param>
internal sealed class NdjsonAnswer<T>(IAsyncEnumerable<T> rows, Action<Utf8JsonWriter, T> write) : IResult
{
    private const int FlushBytes = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // The first row is asked for before the answer starts, so that a database that is away is still a 503.
        await using var cursor = rows.GetAsyncEnumerator(httpContext.RequestAborted);
        var more = await cursor.MoveNextAsync();
        httpContext.Response.ContentType = "application/x-ndjson; charset=utf-8";
        var buffer = new ArrayBufferWriter<byte>(FlushBytes * 2);
        await using var json = new Utf8JsonWriter(buffer, Options);
        for (; more; more = await cursor.MoveNextAsync())
        {
            json.Reset();
            write(json, cursor.Current);
            json.Flush();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount < FlushBytes)
                continue;
            await httpContext.Response.Body.WriteAsync(buffer.WrittenMemory, httpContext.RequestAborted);
            buffer.ResetWrittenCount();
        }

        await httpContext.Response.Body.WriteAsync(buffer.WrittenMemory, httpContext.RequestAborted);
    }
}
