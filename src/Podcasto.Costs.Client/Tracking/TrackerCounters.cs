using System.Diagnostics.Metrics;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>Counts what becomes of events. The metrics read these numbers when they are looked at, so that counting costs an increment.</summary>
internal sealed class TrackerCounters
{
    public const string MeterName = "Podcasto.Costs.Client";

    private static readonly DropReason[] Reasons = Enum.GetValues<DropReason>();
    private static readonly string[] Names = ["buffer_full", "stopped", "shutdown", "rejected", "damaged", "not_configured"];

    private readonly long[] _dropped = new long[Reasons.Length];
    private long _tracked;
    private long _recovered;
    private long _sent;
    private long _spooled;

    public TrackerCounters(IMeterFactory? meters)
    {
        // Not disposed of with the tracker: the last collection comes after its end.
        var meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        meter.CreateObservableCounter("podcasto.costs.client.tracked", () => Volatile.Read(ref _tracked), "{event}", "Events handed to the tracker.");
        meter.CreateObservableCounter("podcasto.costs.client.recovered", () => Volatile.Read(ref _recovered), "{event}", "Events found on disk.");
        meter.CreateObservableCounter("podcasto.costs.client.sent", () => Volatile.Read(ref _sent), "{event}", "Events acknowledged.");
        meter.CreateObservableCounter("podcasto.costs.client.spooled", () => Volatile.Read(ref _spooled), "{event}", "Events written to disk.");
        meter.CreateObservableCounter("podcasto.costs.client.dropped", Dropped, "{event}", "Events that will never be sent, by reason.");
        meter.CreateObservableUpDownCounter(
            "podcasto.costs.client.waiting",
            () => Counts.Waiting,
            "{event}",
            "Events that wait in memory or on disk."
        );
    }

    public TrackerCounts Counts
    {
        get
        {
            // What leaves is read before what came, so that nothing seems to leave that never came.
            var (sent, dropped) = (Volatile.Read(ref _sent), _dropped.Sum());
            return new TrackerCounts(Volatile.Read(ref _tracked), Volatile.Read(ref _recovered), sent, dropped, Volatile.Read(ref _spooled));
        }
    }

    public void Tracked() => Interlocked.Increment(ref _tracked);

    public void Recovered(long events) => Interlocked.Add(ref _recovered, events);

    public void Sent(long events) => Interlocked.Add(ref _sent, events);

    public void Spooled(long events) => Interlocked.Add(ref _spooled, events);

    public void Dropped(DropReason reason, long events = 1) => Interlocked.Add(ref _dropped[(int)reason], events);

    public long Of(DropReason reason) => Volatile.Read(ref _dropped[(int)reason]);

    private IEnumerable<Measurement<long>> Dropped() =>
        Reasons.Select(reason => new Measurement<long>(Of(reason), new KeyValuePair<string, object?>("reason", Names[(int)reason])));
}
