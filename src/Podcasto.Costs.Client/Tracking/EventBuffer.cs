using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>Where events wait to be encoded: bounded, and full rather than blocking.</summary>
/// <param name="capacity">Most events.</param>
/// <param name="enough">So many wake the reader before its time.</param>
internal sealed class EventBuffer(int capacity, int enough)
{
    private readonly Channel<TrackedEvent> _events = Channel.CreateBounded<TrackedEvent>(
        new BoundedChannelOptions(capacity) { SingleReader = true, AllowSynchronousContinuations = false }
    );
    private readonly Bell _some = new();
    private readonly Bell _now = new();
    private int _waiting;
    private volatile bool _closed;

    public bool IsClosed => _closed;

    /// <summary>Takes an event, unless there is no room or it is over.</summary>
    public bool TryAdd(in TrackedEvent tracked)
    {
        if (!_events.Writer.TryWrite(tracked))
            return false;
        // A reader is woken once for many events: by the first, and by the one that makes a batch full.
        var waiting = Interlocked.Increment(ref _waiting);
        if (waiting == 1)
            _some.Ring();
        if (waiting == enough)
            _now.Ring();
        return true;
    }

    public bool TryTake([MaybeNullWhen(false)] out TrackedEvent tracked)
    {
        if (!_events.Reader.TryRead(out tracked))
            return false;
        Interlocked.Decrement(ref _waiting);
        return true;
    }

    /// <summary>Waits for the first event, then for more of them, at most so long; false when it is over and nothing is left.</summary>
    public async Task<bool> WaitAsync(TimeSpan gathering)
    {
        while (Volatile.Read(ref _waiting) <= 0 && !_closed)
            await _some.WaitAsync();
        if (Volatile.Read(ref _waiting) < enough && !_closed)
            await _now.WaitAsync(gathering);
        return !_closed || _events.Reader.Count > 0;
    }

    /// <summary>Ends a wait at once.</summary>
    public void Hurry() => _now.Ring();

    /// <summary>Takes no more events; those that are there can still be taken.</summary>
    public void Close()
    {
        _events.Writer.TryComplete();
        _closed = true;
        _some.Ring();
        _now.Ring();
    }

    /// <summary>Takes out what is left.</summary>
    /// <returns>How many events that was.</returns>
    public int Abandon()
    {
        var events = 0;
        while (TryTake(out _))
            events++;
        return events;
    }
}
