using System.Text;
using System.Text.Json;

namespace Podcasto.Costs.Client.Models;

/// <summary>What Gemini's REST interface says about the tokens of a call, in <c>usageMetadata</c> of its answer.</summary>
/// <remarks>https://ai.google.dev/api/generate-content#UsageMetadata</remarks>
public static class GeminiUsage
{
    /// <summary>Reads the answer of <c>generateContent</c>, or the array of <c>streamGenerateContent</c>, whose last counts stand. Never throws.</summary>
    /// <param name="json">The answer as it came.</param>
    /// <returns>Null where it says nothing of tokens, or is no JSON.</returns>
    public static TokenUsage? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var answer = JsonDocument.Parse(json);
            return Read(answer.RootElement);
        }
        // The latter: a text that is no text, such as half of a surrogate pair.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})" />
    public static TokenUsage? Read(string json) => json is null ? null : Read(Encoding.UTF8.GetBytes(json));

    /// <summary>The service of the call, by what it wrote most of: <c>gemini_tts</c> for sound, <c>gemini_image</c> for pictures, else <c>gemini_text</c>.</summary>
    /// <param name="usage">Of the call.</param>
    public static string ServiceOf(TokenUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return usage.OutputByModality?.MaxBy(entry => entry.Value).Key switch
        {
            "audio" => "gemini_tts",
            "image" => "gemini_image",
            _ => "gemini_text",
        };
    }

    private static TokenUsage? Read(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Array)
            return answer.EnumerateArray().Select(Read).LastOrDefault(usage => usage is not null);
        if (Property(answer, "usageMetadata") is not { ValueKind: JsonValueKind.Object } usage)
            return null;
        var reasoning = Count(usage, "thoughtsTokenCount");
        return new TokenUsage
        {
            Model = Property(answer, "modelVersion") is { ValueKind: JsonValueKind.String } model ? model.GetString() : null,
            InputTokens = (Count(usage, "promptTokenCount") ?? 0) + (Count(usage, "toolUsePromptTokenCount") ?? 0),
            OutputTokens = (Count(usage, "candidatesTokenCount") ?? 0) + (reasoning ?? 0),
            CachedInputTokens = Count(usage, "cachedContentTokenCount"),
            ReasoningTokens = reasoning,
            InputByModality = Modalities(usage, "promptTokensDetails", "toolUsePromptTokensDetails"),
            OutputByModality = Modalities(usage, "candidatesTokensDetails"),
            CachedInputByModality = Modalities(usage, "cacheTokensDetails"),
        };
    }

    private static SortedDictionary<string, long>? Modalities(JsonElement usage, params ReadOnlySpan<string> names)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (Property(usage, name) is not { ValueKind: JsonValueKind.Array } details)
                continue;
            foreach (var detail in details.EnumerateArray())
            {
                if (Property(detail, "modality") is { ValueKind: JsonValueKind.String } modality && Count(detail, "tokenCount") is { } count)
                {
                    var key = modality.GetString()!.ToLowerInvariant();
                    counts[key] = counts.GetValueOrDefault(key) + count;
                }
            }
        }

        return counts.Count == 0 ? null : counts;
    }

    // No call has more tokens than fit into an int; a greater number is nonsense, and would overflow a sum.
    private static long? Count(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var count) && count >= 0 ? count : null;

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
