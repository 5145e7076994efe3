using Google.Protobuf;
using Microsoft.Net.Http.Headers;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>The two encodings of OTLP over HTTP; what comes in one is answered in it.</summary>
internal static class TraceEncoding
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    /// <summary>One of the two; null where the request has another content type.</summary>
    public static string? Of(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return null;
        if (type.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase))
            return Protobuf;
        var isUtf8 = !type.Charset.HasValue || type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);
        return isUtf8 && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) ? Json : null;
    }

    /// <summary>A message in protobuf.</summary>
    public static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            write(output);
        return bytes.ToArray();
    }

    public static Task WriteAsync(HttpContext context, string encoding, byte[] body)
    {
        context.Response.ContentType = encoding;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
