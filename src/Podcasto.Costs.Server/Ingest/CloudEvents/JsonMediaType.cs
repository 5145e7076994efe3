using Microsoft.Net.Http.Headers;

namespace Podcasto.Costs.Server.Ingest.CloudEvents;

/// <summary>Whether a media type is JSON in UTF-8, as CloudEvents has it: its subtype is <c>json</c>, or ends in <c>+json</c>.</summary>
internal static class JsonMediaType
{
    public static bool Is(string text) =>
        MediaTypeHeaderValue.TryParse(text, out var type)
        && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
