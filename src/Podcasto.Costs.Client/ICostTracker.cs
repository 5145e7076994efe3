using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Client;

/// <summary>Takes events and sends them behind the caller's back. Safe to use from many threads.</summary>
public interface ICostTracker
{
    /// <summary>What became of events so far.</summary>
    TrackerCounts Counts { get; }

    /// <summary>
    /// Takes an event: well under a microsecond, never waits, never throws. An event that finds no room, comes after the end or is refused by
    /// the server is counted as dropped.
    /// </summary>
    /// <param name="costEvent">It belongs to the tracker from here on.</param>
    void Track(NewEvent costEvent);

    /// <summary>Sends what was tracked before the call and waits for the answers: before a process freezes, as Lambda's do. Never throws.</summary>
    /// <param name="cancellationToken">Ends the wait; what is not sent stays and is sent later.</param>
    /// <returns>True when nothing of it waits any more; false when the wait ended before.</returns>
    Task<bool> FlushAsync(CancellationToken cancellationToken = default);
}
