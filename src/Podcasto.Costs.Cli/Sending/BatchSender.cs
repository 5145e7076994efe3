using System.IO.Compression;
using System.Net.Http.Headers;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Cli.Sending;

/// <summary>Sends lines as one body of NDJSON, and learns of every line that was rejected.</summary>
internal sealed class BatchSender(CostsClient costs, EventIds ids)
{
    /// <summary>What the server says of them, once they are durable.</summary>
    public async Task<(IngestReceipt Receipt, List<(EventLine Line, string Message)> Rejected)> SendAsync(
        List<EventLine> lines,
        CancellationToken cancellationToken
    )
    {
        var texts = lines.ConvertAll(ids.Identify);
        var rejected = new List<(EventLine, string)>();
        IngestReceipt? first = null;
        for (var start = 0; start < lines.Count; )
        {
            var receipt = await costs.Events.SendAsync(Body(texts.Skip(start)), cancellationToken);
            first ??= receipt;
            var errors = receipt.Errors ?? [];
            rejected.AddRange(errors.Select(error => (lines[start + (int)error.Line - 1], error.Message)));
            if ((receipt.Rejected ?? 0) <= errors.Count)
                break;
            // Only the first hundred are named. What comes behind them goes again, its good lines as duplicates, until all are.
            start += (int)errors[^1].Line;
        }

        return (first!, rejected);
    }

    // A back-fill goes over slow lines too, and lines of events are a tenth of their size.
    private static ByteArrayContent Body(IEnumerable<byte[]> texts)
    {
        using var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var text in texts)
            {
                gzip.Write(text);
                gzip.Write("\n"u8);
            }
        }

        var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
