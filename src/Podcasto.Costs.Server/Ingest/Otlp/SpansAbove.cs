namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>
/// Remembers which spans stand above calls of models. An exporter that sends spans as they end sends a call first, and what repeats its tokens in a
/// later request. Bounded: the oldest are forgotten. Thread-safe.
/// </summary>
/// <param name="capacity">How many are remembered at least; twice as many at most, and those of one request.</param>
internal sealed class SpansAbove(int capacity)
{
    private readonly Lock _lock = new();
    private HashSet<(UInt128 TraceId, ulong SpanId)> _recent = [];
    private HashSet<(UInt128 TraceId, ulong SpanId)> _older = [];

    /// <summary>A few megabytes; the spans of minutes, even of many programs.</summary>
    public const int Capacity = 50_000;

    /// <summary>All that stand above a request's calls, or above those of earlier requests.</summary>
    public HashSet<(UInt128 TraceId, ulong SpanId)> Find(SpanBatch batch, IEnumerable<ReceivedSpan> calls)
    {
        lock (_lock)
        {
            // What stands above one of them stands above its call too.
            var known = batch.Keys.Where(key => _recent.Contains(key) || _older.Contains(key)).ToList();
            var above = batch.Above(calls.Select(call => call.Key).Concat(known));
            above.UnionWith(known);
            Remember(above);
            return above;
        }
    }

    private void Remember(HashSet<(UInt128 TraceId, ulong SpanId)> above)
    {
        _recent.UnionWith(above);
        if (_recent.Count >= capacity)
            (_older, _recent) = (_recent, []);
    }
}
