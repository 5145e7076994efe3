using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>A tracker without a server: it counts what it drops.</summary>
internal sealed class IdleTracker(TrackerCounters counters) : ICostTracker
{
    public TrackerCounts Counts => counters.Counts;

    public void Track(NewEvent costEvent)
    {
        counters.Tracked();
        counters.Dropped(DropReason.NotConfigured);
    }

    public Task<bool> FlushAsync(CancellationToken cancellationToken = default) => Task.FromResult(true);
}
