using Microsoft.Net.Http.Headers;

namespace Podcasto.Costs.Server.Ingest.CloudEvents;

/// <summary>Whether a media type is JSON in UTF-8: <c>application/json</c>, or one that ends in <c>+json</c>.</summary>
internal static class JsonMediaType
{
    public static bool Is(string text) =>
        MediaTypeHeaderValue.TryParse(text, out var type)
        && (
            type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
        )
        && (!type.Charset.HasValue || type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
