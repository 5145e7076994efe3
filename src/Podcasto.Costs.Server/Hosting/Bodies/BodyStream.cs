using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace Podcasto.Costs.Server.Hosting.Bodies;

/// <summary>The request's body, decompressed where it is gzip.</summary>
internal static class BodyStream
{
    /// <exception cref="BodyException">The encoding is not supported.</exception>
    public static Stream Open(HttpRequest request)
    {
        var encoding = request.Headers[HeaderNames.ContentEncoding].ToString().Trim();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return request.Body;
        if (encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase))
            return new GZipStream(request.Body, CompressionMode.Decompress);
        throw new BodyException(Problems.UnsupportedMediaType("Content-Encoding must be gzip or absent."));
    }
}
