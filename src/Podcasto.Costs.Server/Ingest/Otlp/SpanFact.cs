using System.Collections.Frozen;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>What is looked for among the attributes of a span, whatever a convention calls it.</summary>
internal enum SpanFact
{
    Provider,
    Operation,

    /// <summary>What a tracer of its own conventions takes the span for: a model call, an agent, a chain, a tool.</summary>
    Role,
    OutputType,
    RequestModel,
    ResponseModel,
    InputTokens,
    OutputTokens,
    TotalTokens,
    CachedInputTokens,
    CacheWriteTokens,
    ReasoningTokens,
    FinishReasons,
    ErrorType,
    EpisodeId,
    PodcastId,
}

/// <summary>The names of the facts: OpenTelemetry's conventions for generative AI first, then their older names, then those of other tracers.</summary>
internal static class SpanFacts
{
    private static readonly (SpanFact Fact, string[] Names)[] All =
    [
        (SpanFact.Provider, ["gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "llm.vendor", "ai.model.provider"]),
        (SpanFact.Operation, ["gen_ai.operation.name", "llm.request.type", "ai.operationId"]),
        (SpanFact.Role, ["openinference.span.kind", "traceloop.span.kind"]),
        (SpanFact.OutputType, ["gen_ai.output.type"]),
        (SpanFact.RequestModel, ["gen_ai.request.model", "llm.request.model", "llm.model_name", "embedding.model_name", "ai.model.id"]),
        (SpanFact.ResponseModel, ["gen_ai.response.model", "llm.response.model"]),
        (
            SpanFact.InputTokens,
            [
                "gen_ai.usage.input_tokens",
                "gen_ai.usage.prompt_tokens",
                "gen_ai.response.prompt_tokens",
                "llm.usage.prompt_tokens",
                "llm.token_count.prompt",
            ]
        ),
        (
            SpanFact.OutputTokens,
            [
                "gen_ai.usage.output_tokens",
                "gen_ai.usage.completion_tokens",
                "gen_ai.response.completion_tokens",
                "llm.usage.completion_tokens",
                "llm.token_count.completion",
            ]
        ),
        (SpanFact.TotalTokens, ["gen_ai.usage.total_tokens", "llm.usage.total_tokens", "llm.token_count.total", "ai.usage.tokens"]),
        (
            SpanFact.CachedInputTokens,
            [
                "gen_ai.usage.cache_read.input_tokens",
                "gen_ai.usage.cache_read_input_tokens",
                "gen_ai.usage.cached_input_tokens",
                "gen_ai.usage.input_tokens.cached",
                "gen_ai.usage.cached_tokens",
                "gen_ai.usage.cache_read_tokens",
                "gen_ai.usage.details.cache_read_tokens",
                "gen_ai.usage.details.cache_read_input_tokens",
                "gen_ai.usage.details.cached_tokens",
                "gen_ai.usage.details.cached_content_tokens",
                "ai.usage.cachedInputTokens",
                "llm.usage.cache_read_input_tokens",
                "llm.token_count.prompt_details.cache_read",
            ]
        ),
        (
            SpanFact.CacheWriteTokens,
            [
                "gen_ai.usage.cache_creation.input_tokens",
                "gen_ai.usage.cache_creation_input_tokens",
                "gen_ai.usage.cache_write_tokens",
                "gen_ai.usage.details.cache_write_tokens",
                "gen_ai.usage.details.cache_creation_input_tokens",
                "llm.token_count.prompt_details.cache_write",
            ]
        ),
        (
            SpanFact.ReasoningTokens,
            [
                "gen_ai.usage.reasoning.output_tokens",
                "gen_ai.usage.reasoning_tokens",
                "gen_ai.usage.output_tokens.reasoning",
                "gen_ai.usage.details.reasoning_tokens",
                "gen_ai.usage.details.thoughts_tokens",
                "ai.usage.reasoningTokens",
                "llm.usage.reasoning_tokens",
                "llm.token_count.completion_details.reasoning",
            ]
        ),
        (SpanFact.FinishReasons, ["gen_ai.response.finish_reasons"]),
        (SpanFact.ErrorType, ["error.type"]),
        (SpanFact.EpisodeId, AlsoBehind("podcasto.episode_id")),
        (SpanFact.PodcastId, AlsoBehind("podcasto.podcast_id")),
    ];

    private static readonly FrozenDictionary<string, (SpanFact Fact, int Rank)> ByName = All.SelectMany(entry =>
            entry.Names.Select((name, rank) => (Name: name, entry.Fact, Rank: rank))
        )
        .ToFrozenDictionary(entry => entry.Name, entry => (entry.Fact, entry.Rank), StringComparer.Ordinal);

    // What libraries put before the names of attributes that their callers give them.
    private static string[] AlsoBehind(string name) =>
        [name, $"baggage.{name}", $"ai.telemetry.metadata.{name}", $"traceloop.association.properties.{name}"];

    /// <summary>The fact that an attribute tells, and the place of its name among the names of the fact; false for every other attribute.</summary>
    public static bool TryGet(string name, out (SpanFact Fact, int Rank) known) => ByName.TryGetValue(name, out known);
}
