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
    public void Dispose()
    {
        Door.Dispose();
        Batcher.Dispose();
    }
}
