using System.Text;

namespace Podcasto.Costs.Client.AI;

/// <summary>What a provider's calls are booked as.</summary>
internal static class ChatServices
{
    private const int MaxProvider = 48;

    public static string Of(string? provider, bool isSpeech, bool isPicture)
    {
        var kind =
            isSpeech ? "tts"
            : isPicture ? "image"
            : "text";
        return $"{Provider(provider)}_{kind}";
    }

    // The names that Google's models go by, in this library and in the conventions of OpenTelemetry.
    private static string Provider(string? provider) =>
        provider?.ToLowerInvariant() switch
        {
            null or "" => "ai",
            "gcp.gemini" or "gcp.vertex_ai" or "gcp.gen_ai" or "gemini" or "google" or "google.genai" or "vertex_ai" => "gemini",
            var other => Slug(other),
        };

    private static string Slug(string text)
    {
        var slug = new StringBuilder(MaxProvider);
        foreach (var character in text.Take(MaxProvider))
            slug.Append(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_' or '.' or '-' ? character : '_');
        return slug.ToString();
    }
}
