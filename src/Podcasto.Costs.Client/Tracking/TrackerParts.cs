namespace Podcasto.Costs.Client.Tracking;

/// <summary>What a tracker is made of.</summary>
internal sealed record TrackerParts(
    EventBuffer Buffer,
    Batcher Batcher,
    Outbox Outbox,
    Courier Courier,
    Settlement Settlement,
    TrackerCounters Counters,
    Spooling.SpoolDoor Door
) : IDisposable
{
    /// <summary>So many events of this process are given up.</summary>
    public void DropUnsent(int events)
    {
        Counters.Dropped(DropReason.Shutdown, events);
        Settlement.Settle(events);
    }

    public void Dispose()
    {
        Door.Dispose();
        Batcher.Dispose();
    }
}
