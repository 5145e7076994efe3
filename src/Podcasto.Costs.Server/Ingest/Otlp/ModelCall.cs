using System.Collections.Frozen;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>What a span about models is, by its operation.</summary>
internal static class ModelCall
{
    // Words of operations that group calls, or call something else than a model.
    private static readonly FrozenSet<string> OtherWords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "agent",
        "chain",
        "evaluator",
        "guardrail",
        "handoff",
        "memory",
        "retrieval",
        "retriever",
        "task",
        "tool",
        "tools",
        "workflow"
    );

    private static readonly FrozenSet<string> Calls = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "chat",
        "chat.completions",
        "completion",
        "embedding",
        "embeddings",
        "generate_content",
        "llm",
        "text.completions",
        "text_completion"
    );

    /// <summary>Whether the span may be one call of a model. An operation that nobody knows may be one.</summary>
    public static bool MayBe(ReceivedSpan span) =>
        span.IsCallers && !IsOther(span.Attributes.Text(SpanFact.Operation)) && !IsOther(span.Attributes.Text(SpanFact.Role));

    /// <summary>Whether the span says that it is a call of a model.</summary>
    public static bool IsFor(ReceivedSpan span) => Calls.Contains(Operation(span) ?? "");

    /// <summary>The operation; where only a tracer of its own conventions says what it is, that.</summary>
    public static string? Operation(ReceivedSpan span) => span.Attributes.Text(SpanFact.Operation) ?? span.Attributes.Text(SpanFact.Role);

    private static bool IsOther(string? operation)
    {
        if (operation is null)
            return false;
        foreach (var word in operation.Split('_', '.', '-', ' '))
        {
            if (OtherWords.Contains(word))
                return true;
        }

        return false;
    }
}
