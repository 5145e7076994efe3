using Podcasto.Costs.Client.Models;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>The service that a span's model call is charged as: its provider, and what comes out.</summary>
internal static class ModelService
{
    public static string Of(string provider, string? operation, string? outputType, string? model) =>
        ModelServices.Of(provider, model, Output(operation?.ToLowerInvariant(), outputType?.ToLowerInvariant()));

    // Most instrumentations leave the output's type out; then the operation tells, or the model's name.
    private static string? Output(string? operation, string? outputType) =>
        (operation, outputType) switch
        {
            ("embeddings" or "embedding" or "ai.embed" or "ai.embed.doembed" or "ai.embedmany" or "ai.embedmany.doembed", _) => "embeddings",
            (_, "speech" or "audio") => "tts",
            (_, "image") => "image",
            ("speech" or "text_to_speech" or "tts", null) => "tts",
            ("image" or "image_generation" or "generate_image", null) => "image",
            (_, null) => null,
            _ => "text",
        };
}
