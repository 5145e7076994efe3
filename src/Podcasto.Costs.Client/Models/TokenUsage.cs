using System.Text.Json.Nodes;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Client.Models;

/// <summary>The tokens of one call of a model, all of them zero or more.</summary>
public sealed record TokenUsage
{
    /// <summary>The model that is charged, see <see cref="ModelNames"/>; null while unknown.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens read, those from a cache included.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens written, those of its reasoning included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Of the input, those read from a cache.</summary>
    public long? CachedInputTokens { get; init; }

    /// <summary>Of the output, those of its reasoning.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>Input by modality, such as <c>text</c> or <c>audio</c>; null where nobody tells them apart.</summary>
    public IReadOnlyDictionary<string, long>? InputByModality { get; init; }

    /// <summary>Output by modality, without reasoning; null where nobody tells them apart.</summary>
    public IReadOnlyDictionary<string, long>? OutputByModality { get; init; }

    /// <summary>Input from a cache by modality; null where nobody tells them apart.</summary>
    public IReadOnlyDictionary<string, long>? CachedInputByModality { get; init; }

    /// <summary>The event of the call: unit <c>tokens</c>, quantity input + output, the counts in its metadata.</summary>
    /// <param name="service">Such as <c>gemini_text</c>.</param>
    public NewEvent ToEvent(string service)
    {
        var metadata = new JsonObject();
        if (Model is { Length: > 0 } model)
            metadata["model"] = model.Length <= 128 ? model : model[..128];
        metadata["input_tokens"] = InputTokens;
        metadata["output_tokens"] = OutputTokens;
        Add("cached_input_tokens", CachedInputTokens);
        Add("reasoning_tokens", ReasoningTokens);
        AddAll("input_tokens_by_modality", InputByModality);
        AddAll("output_tokens_by_modality", OutputByModality);
        AddAll("cached_input_tokens_by_modality", CachedInputByModality);
        return new NewEvent
        {
            EventType = EventTypeNames.AiApiCall,
            Service = service,
            Quantity = (decimal)InputTokens + OutputTokens,
            Unit = "tokens",
            Metadata = metadata,
        };

        void Add(string name, long? tokens)
        {
            if (tokens is { } count)
                metadata[name] = count;
        }

        void AddAll(string name, IReadOnlyDictionary<string, long>? byModality)
        {
            if (byModality is { Count: > 0 })
                metadata[name] = new JsonObject(byModality.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        }
    }
}
