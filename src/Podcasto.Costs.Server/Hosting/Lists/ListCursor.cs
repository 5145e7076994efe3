using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Podcasto.Costs.Server.Hosting.Lists;

/// <summary>Where a page ended: the key of its last item, bound to the list and the filters that it was made for.</summary>
internal static class ListCursor
{
    public static string Write(string fingerprint, IReadOnlyList<string?> key) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((string?[])[fingerprint, .. key]));

    /// <summary>The key; null where the text is no cursor of this list and these filters.</summary>
    public static IReadOnlyList<string?>? Read(string text, string fingerprint)
    {
        try
        {
            var parts = JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(text));
            var isOurs =
                parts is [var of, ..] && of == fingerprint && !Array.Exists(parts, part => part?.Contains('\0', StringComparison.Ordinal) == true);
            return isOurs ? parts![1..] : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    public static string Fingerprint(string list, IEnumerable<KeyValuePair<string, string>> filters)
    {
        var text =
            list
            + "?"
            + string.Join('&', filters.OrderBy(filter => filter.Key, StringComparer.Ordinal).Select(filter => $"{filter.Key}={filter.Value}"));
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 9));
    }
}
