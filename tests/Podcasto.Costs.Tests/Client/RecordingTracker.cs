using System.Collections.Concurrent;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Tests.Client;

/// <summary>Keeps what instrumentation tracks, with the episode of the scope; or throws, as no tracker should.</summary>
internal sealed class RecordingTracker : ICostTracker
{
    private readonly ConcurrentQueue<(NewEvent Event, Guid? Episode)> _tracked = [];

    public bool IsBroken { get; init; }

    public int Flushes { get; private set; }

    public TrackerCounts Counts => default;

    public List<NewEvent> All => [.. _tracked.Select(tracked => tracked.Event)];

    public List<NewEvent> Of(Guid episode) => [.. _tracked.Where(tracked => tracked.Episode == episode).Select(tracked => tracked.Event)];

    public void Track(NewEvent costEvent)
    {
        if (IsBroken)
            throw new InvalidOperationException("A broken tracker.");
        _tracked.Enqueue((costEvent, CostScope.Current?.EpisodeId));
    }

    public Task<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        Flushes++;
        return IsBroken ? throw new InvalidOperationException("A broken tracker.") : Task.FromResult(true);
    }
}
