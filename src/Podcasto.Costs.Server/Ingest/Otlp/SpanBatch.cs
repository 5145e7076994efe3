using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>The spans of one request: those about models are kept, of the others only who their parent is.</summary>
internal sealed class SpanBatch
{
    /// <summary>Most spans of any kind; it bounds what a request holds in memory.</summary>
    public const int MaxSpans = 100_000;

    private readonly Dictionary<(UInt128 TraceId, ulong SpanId), ulong> _parents = [];
    private readonly List<ReceivedSpan> _aboutModels = [];

    /// <summary>Spans of any kind.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<ReceivedSpan> AboutModels => _aboutModels;

    /// <exception cref="BodyException">There are too many.</exception>
    public void Add(ReceivedSpan span)
    {
        if (++Count > MaxSpans)
            throw new BodyException(Problems.TooLarge($"A request may have {MaxSpans} spans. Nothing of it was stored; send smaller batches."));
        if (span.ParentId != 0 && span.ParentId != span.SpanId)
            _parents.TryAdd(span.Key, span.ParentId);
        if (span.Attributes.TellOfModels)
            _aboutModels.Add(span);
    }

    /// <summary>Spans that have a parent, or are about models.</summary>
    public IEnumerable<(UInt128 TraceId, ulong SpanId)> Keys => _parents.Keys.Concat(_aboutModels.Select(span => span.Key));

    /// <summary>All that stand above spans, at any distance, so far as the batch has them.</summary>
    public HashSet<(UInt128 TraceId, ulong SpanId)> Above(IEnumerable<(UInt128 TraceId, ulong SpanId)> spans)
    {
        var above = new HashSet<(UInt128, ulong)>();
        foreach (var span in spans)
        {
            var key = span;
            // Where somebody was before, the rest of the way is known.
            while (_parents.TryGetValue(key, out var parent) && above.Add((key.TraceId, parent)))
                key = (key.TraceId, parent);
        }

        return above;
    }
}
