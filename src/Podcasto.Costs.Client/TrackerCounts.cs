namespace Podcasto.Costs.Client;

/// <summary>What became of events: tracked and recovered ones were sent or dropped, or wait in memory or on disk.</summary>
/// <param name="Tracked">Calls of <see cref="ICostTracker.Track"/>.</param>
/// <param name="Recovered">Events that an earlier process had left on disk.</param>
/// <param name="Sent">Events that the server has acknowledged: they are in the ledger, once.</param>
/// <param name="Dropped">Events that will never be sent; the metric says why.</param>
/// <param name="Spooled">Events that were written to disk.</param>
public readonly record struct TrackerCounts(long Tracked, long Recovered, long Sent, long Dropped, long Spooled)
{
    /// <summary>Events that wait, in memory or on disk.</summary>
    public long Waiting => Tracked + Recovered - Sent - Dropped;
}
