namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>What the attributes of a span, or of its resource, tell of costs. Where a fact has several names, the newest convention's counts.</summary>
internal sealed class SpanAttributes
{
    private static readonly SpanFact[] OfModels =
    [
        SpanFact.Provider,
        SpanFact.Operation,
        SpanFact.Role,
        SpanFact.InputTokens,
        SpanFact.OutputTokens,
        SpanFact.TotalTokens,
    ];

    private Dictionary<SpanFact, (int Rank, AttributeValue Value)>? _facts;

    /// <summary>Whether anything of it is about models.</summary>
    public bool TellOfModels => _facts is not null && Array.Exists(OfModels, Has);

    /// <summary>Whether it says how many tokens there were, right or wrong.</summary>
    public bool TellOfTokens => Has(SpanFact.InputTokens) || Has(SpanFact.OutputTokens) || Has(SpanFact.TotalTokens);

    public void Add(string name, AttributeValue value)
    {
        if (!SpanFacts.TryGet(name, out var known))
            return;
        _facts ??= [];
        if (!_facts.TryGetValue(known.Fact, out var given) || known.Rank <= given.Rank)
            _facts[known.Fact] = (known.Rank, value);
    }

    public bool Has(SpanFact fact) => _facts is not null && _facts.ContainsKey(fact);

    public AttributeValue this[SpanFact fact] => _facts is not null && _facts.TryGetValue(fact, out var given) ? given.Value : default;

    /// <summary>A text without blanks around it; null where there is none, or an empty one.</summary>
    public string? Text(SpanFact fact) => this[fact].Text?.Trim() is { Length: > 0 } text ? text : null;
}
