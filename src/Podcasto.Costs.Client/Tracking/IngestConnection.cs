using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>Posts a batch until the server settles it. What repeats it on the way is the client's resilience handler.</summary>
internal sealed class IngestConnection(HttpClient http, bool compress)
{
    /// <exception cref="OperationCanceledException">It is over.</exception>
    public async Task<IngestAnswer> PostAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/events") { Content = Body(batch.Close()) };
        request.Headers.TryAddWithoutValidation("Prefer", "return=minimal");
        request.Options.Set(AcknowledgementHandler.Events, batch.Count);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => IngestAnswer.Accepted,
            _ when response.RequestMessage!.Options.TryGetValue(AcknowledgementHandler.Answer, out var answer) => answer,
            // The handler lets nothing else through.
            _ => throw new HttpRequestException($"{(int)response.StatusCode} settles nothing."),
        };
    }

    private HttpContent Body(ReadOnlyMemory<byte> json)
    {
        HttpContent content = compress ? new ByteArrayContent(Gzip(json.Span)) : new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (compress)
            content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static byte[] Gzip(ReadOnlySpan<byte> json)
    {
        using var packed = new MemoryStream(json.Length / 4);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(json);
        return packed.ToArray();
    }
}
