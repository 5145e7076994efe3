using System.Collections.Frozen;
using System.Text;
using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>The service that a model call is charged as: <c>{provider}_{kind}</c>, Google's models under one name.</summary>
internal static class ModelService
{
    private const string Gemini = "gemini";

    // What conventions and libraries call Google's models: gcp.vertex_ai, google_genai, google.vertex.chat, google-gla and so on.
    private static readonly FrozenSet<string> GeminiNames = FrozenSet.Create(StringComparer.Ordinal, Gemini, "gcp", "google", "vertex", "vertexai");

    public static string Of(string provider, string? operation, string? outputType, string? model)
    {
        var name = Name(provider);
        var kind = Kind(operation, outputType ?? (name == Gemini ? OutputOf(model) : null));
        return $"{name[..Math.Min(name.Length, Slug.MaxLength - kind.Length - 1)]}_{kind}";
    }

    private static string Name(string provider)
    {
        var name = new StringBuilder(provider.Length);
        foreach (var character in provider.ToLowerInvariant())
            name.Append(Slug.IsValid([character]) ? character : '_');
        var slug = name.ToString();
        // Google hosts others too.
        return GeminiNames.Contains(slug.Split('.', '_', '-')[0]) && !slug.Contains("anthropic", StringComparison.Ordinal) ? Gemini : slug;
    }

    private static string Kind(string? operation, string? outputType) =>
        (operation?.ToLowerInvariant(), outputType?.ToLowerInvariant()) switch
        {
            ("embeddings" or "embedding", _) => "embeddings",
            (_, "speech" or "audio") => "tts",
            (_, "image") => "image",
            _ => "text",
        };

    // Most instrumentations leave the output's type out; Google's names of models tell.
    private static string? OutputOf(string? model) =>
        model is null ? null
        : model.Contains("-tts", StringComparison.OrdinalIgnoreCase) ? "speech"
        : model.Contains("-image", StringComparison.OrdinalIgnoreCase) || model.StartsWith("imagen-", StringComparison.OrdinalIgnoreCase) ? "image"
        : null;
}
