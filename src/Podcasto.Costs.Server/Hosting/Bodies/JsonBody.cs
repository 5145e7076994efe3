using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Podcasto.Costs.Server.Hosting.Bodies;

/// <summary>Small JSON bodies, read strictly: every fault gets a pointer and a sentence.</summary>
internal sealed class JsonBody : IDisposable
{
    private readonly JsonDocument _document;

    private JsonBody(JsonDocument document) => _document = document;

    public JsonElement Root => _document.RootElement;

    /// <exception cref="BodyException">The body is not JSON that can be read.</exception>
    public static async Task<JsonBody> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (!IsJson(request))
            throw new BodyException(Problems.UnsupportedMediaType("Content-Type must be application/json, in UTF-8."));
        using var body = await BoundedBody.ReadAsync(request, maxBytes, cancellationToken);
        var bytes = body.Bytes.ToArray();
        if (!Utf8.IsValid(bytes))
            throw new BodyException(Problems.Invalid("", "is not valid UTF-8"));
        try
        {
            var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 32 });
            if (!IsSound(bytes))
                throw new BodyException(Problems.Invalid("", "must not hold a NUL or a lone surrogate"));
            return new JsonBody(document);
        }
        catch (JsonException exception)
        {
            throw new BodyException(
                Problems.Invalid("", $"is not valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}")
            );
        }
    }

    /// <summary>Reads a body that may be left out; null where it is.</summary>
    /// <exception cref="BodyException">There is one, and it is not JSON that can be read.</exception>
    public static async Task<JsonBody?> ReadOptionalAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken) =>
        request.ContentLength is 0 || (request.ContentLength is null && request.ContentType is null)
            ? null
            : await ReadAsync(request, maxBytes, cancellationToken);

    public void Dispose() => _document.Dispose();

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static bool IsSound(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
                continue;
            if (!JsonText.TryGet(ref reader, new byte[reader.ValueSpan.Length], out _))
                return false;
        }

        return true;
    }
}
