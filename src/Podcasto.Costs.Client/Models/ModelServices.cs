using System.Text;

namespace Podcasto.Costs.Client.Models;

/// <summary>Which service a model call is booked as: <c>{provider}_{output}</c>, Google's own models under one name.</summary>
public static class ModelServices
{
    private const int MaxLength = 64;
    private const string Gemini = "gemini";

    // What conventions and libraries call Google's models begins so: gcp.vertex_ai, google_genai, google.vertex.chat, google-gla, GoogleGemini.
    private static readonly string[] GeminiNames = [Gemini, "gcp", "google", "googlegemini", "vertex", "vertexai"];

    // Google hosts models of others too, which no price of its own fits.
    private static readonly string[] NotGoogles = ["anthropic", "claude", "codestral", "deepseek", "jamba", "llama", "mistral", "qwen"];

    /// <summary>The service of a call, such as <c>gemini_tts</c>: a slug of at most 64 characters.</summary>
    /// <param name="provider">What the model's provider is called; null while unknown.</param>
    /// <param name="model">The model; null while unknown.</param>
    /// <param name="output">What it writes: <c>text</c>, <c>tts</c>, <c>image</c> or <c>embeddings</c>; null where only the model's name can tell.</param>
    public static string Of(string? provider, string? model, string? output)
    {
        var name = Name(provider, model);
        output ??= name == Gemini ? OutputOf(model) : "text";
        return $"{name[..Math.Min(name.Length, MaxLength - output.Length - 1)]}_{output}";
    }

    private static string Name(string? provider, string? model)
    {
        if (string.IsNullOrEmpty(provider))
            return "ai";
        var slug = Slug(provider);
        return GeminiNames.Contains(slug.Split('.', '_', '-')[0]) && !IsSomebodyElses(slug) && !IsSomebodyElses(model) ? Gemini : slug;
    }

    private static bool IsSomebodyElses(string? name) =>
        name is not null && Array.Exists(NotGoogles, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string OutputOf(string? model) =>
        model is null ? "text"
        : model.Contains("-tts", StringComparison.OrdinalIgnoreCase) ? "tts"
        : model.Contains("-image", StringComparison.OrdinalIgnoreCase) || model.StartsWith("imagen-", StringComparison.OrdinalIgnoreCase) ? "image"
        : "text";

    private static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var character in text.ToLowerInvariant())
            slug.Append(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_' or '.' or '-' ? character : '_');
        return slug.ToString();
    }
}
