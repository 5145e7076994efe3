using System.Diagnostics.Metrics;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Ingest.Writing;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>What an operator watches of the ingest path.</summary>
internal sealed class IngestMetrics
{
    private readonly Counter<long> _events = Telemetry.Meter.CreateCounter<long>("podcasto.costs.events", "{event}", "Events taken in, by outcome");
    private readonly Counter<long> _retries = Telemetry.Meter.CreateCounter<long>(
        "podcasto.costs.ingest.retries",
        "{attempt}",
        "Transactions that were tried again"
    );
    private readonly Histogram<double> _duration = Telemetry.Meter.CreateHistogram<double>(
        "podcasto.costs.ingest.transaction.duration",
        "s",
        "From the first statement to the commit"
    );
    private readonly Histogram<long> _size = Telemetry.Meter.CreateHistogram<long>(
        "podcasto.costs.ingest.transaction.size",
        "{event}",
        "Events in one transaction"
    );

    public IngestMetrics(IngestQueue queue) =>
        Telemetry.Meter.CreateObservableGauge(
            "podcasto.costs.ingest.queue",
            () => queue.Depth,
            "{event}",
            "Events that wait for their transaction to end"
        );

    public void Committed(LedgerBatch batch, TimeSpan took)
    {
        var (accepted, unpriced) = (0, 0);
        foreach (var priced in batch.NewEvents)
        {
            accepted++;
            unpriced += priced.PricedBy == PricedBy.None ? 1 : 0;
        }

        var duplicates = batch.Events.Count - accepted;
        _events.Add(accepted, new KeyValuePair<string, object?>("outcome", "accepted"));
        _events.Add(duplicates, new KeyValuePair<string, object?>("outcome", "duplicate"));
        _events.Add(unpriced, new KeyValuePair<string, object?>("outcome", "unpriced"));
        _duration.Record(took.TotalSeconds);
        _size.Record(accepted + duplicates);
    }

    public void TriedAgain() => _retries.Add(1);
}
