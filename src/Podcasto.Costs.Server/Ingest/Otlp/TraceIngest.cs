using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>Stores the model calls among a request's spans, a part at a time. Sending them again is harmless: their ids are their spans'.</summary>
internal sealed class TraceIngest(IngestQueue queue, SpansAbove spansAbove, EventReader events)
{
    private readonly TraceReport _report = new();
    private readonly ModelCallEvent _calls = new(events);
    private int _read;
    private int _tooDear;

    /// <summary>What became of them; null where the queue is full.</summary>
    public async Task<TraceReport?> RunAsync(SpanBatch batch)
    {
        _report.Spans = batch.Count;
        var parts = new IngestParts(queue, RejectTooDear, new ReceiptBuilder());
        foreach (var spans in Leaves(batch).Chunk(IngestParts.PartSize))
        {
            List<CostEvent> part = [.. spans.Select(Read).OfType<CostEvent>()];
            _read += part.Count;
            if (!await parts.AddAsync(part, [.. part.Select((_, index) => (long)index)]))
                return null;
        }

        if (!await parts.DrainAsync())
            return null;
        _report.Taken = _read - _tooDear;
        _report.BadReferences = _calls.BadReferences;
        return _report;
    }

    // Calls without calls below them. A call that failed, and tells no tokens, cost nothing.
    private IEnumerable<ReceivedSpan> Leaves(SpanBatch batch)
    {
        List<ReceivedSpan> calls = [.. batch.AboutModels.Where(ModelCall.MayBe)];
        var above = spansAbove.Find(batch, calls.Where(call => call.Attributes.TellOfTokens));
        foreach (var call in calls)
        {
            var tellsTokens = call.Attributes.TellOfTokens;
            if (above.Contains(call.Key))
                _report.Repeats += tellsTokens ? 1 : 0;
            else if (tellsTokens)
                yield return call;
            else if (ModelCall.IsFor(call) && !call.Failed && !call.Attributes.Has(SpanFact.ErrorType))
                _report.Reject("no numbers of tokens are given (gen_ai.usage.input_tokens, gen_ai.usage.output_tokens)");
        }
    }

    private CostEvent? Read(ReceivedSpan span)
    {
        var (costEvent, fault) = _calls.Read(span);
        if (costEvent is null)
            _report.Reject(fault);
        return costEvent;
    }

    private void RejectTooDear(long index, string reason)
    {
        Interlocked.Increment(ref _tooDear);
        _report.Reject($"the call {reason}");
    }
}
