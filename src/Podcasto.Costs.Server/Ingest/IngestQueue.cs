using Microsoft.Extensions.Options;
using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>
/// Where requests wait for a writer, in two lanes: small requests do not wait behind large ones, nor are they refused because large
/// ones have filled the queue. Each lane is bounded by the memory that it holds.
/// </summary>
internal sealed class IngestQueue(IOptions<IngestOptions> options)
{
    /// <summary>Most events of a small request.</summary>
    private const int SmallRequest = 100;

    private readonly Lock _lock = new();
    private readonly IngestLane _small = new(options.Value.MaxQueuedMegabytes * 1024L * 1024 / 4);
    private readonly IngestLane _large = new(options.Value.MaxQueuedMegabytes * 1024L * 1024);
    private TaskCompletionSource _wake = NewSignal();
    private int _wakeAtRequests = int.MaxValue;
    private int _wakeAtEvents = int.MaxValue;
    private int _waitingRequests;
    private int _waitingEvents;
    private int _events;
    private bool _closed;

    /// <summary>Events that wait, or are being written.</summary>
    public int Depth => Volatile.Read(ref _events);

    /// <summary>Requests that no writer has taken yet.</summary>
    public int WaitingRequests => Volatile.Read(ref _waitingRequests);

    /// <summary>Whether anything waits.</summary>
    public bool HasWaiting => WaitingRequests > 0;

    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>The request's place in the queue; null where the queue is full, or closed for shutdown.</summary>
    public Task<IngestResult>? TryEnqueue(IReadOnlyList<CostEvent> events)
    {
        var request = new IngestRequest(events);
        lock (_lock)
        {
            if (_closed || !LaneOf(request).TryAdd(request))
                return null;
            _events += events.Count;
            _waitingEvents += events.Count;
            _waitingRequests++;
            WakeIfEnoughWaits();
        }

        return request.Answer;
    }

    /// <summary>Takes what waits, up to a number of events; a request is never split. Half of a batch is for small requests, should both lanes be full.</summary>
    public List<IngestRequest> Take(int maxEvents)
    {
        var group = new List<IngestRequest>();
        lock (_lock)
        {
            var taken = TakeFrom(_small, maxEvents / 2, group, 0);
            taken = TakeFrom(_large, maxEvents, group, taken);
            taken = TakeFrom(_small, maxEvents, group, taken);
            _waitingEvents -= taken;
            _waitingRequests -= group.Count;
        }

        return group;
    }

    /// <summary>Tells the queue that requests were answered.</summary>
    public void Release(IReadOnlyList<IngestRequest> answered)
    {
        lock (_lock)
        {
            foreach (var request in answered)
            {
                LaneOf(request).Release(request.Bytes);
                _events -= request.Events.Count;
            }

            _wake.TrySetResult();
        }
    }

    /// <summary>Takes no more; what waits is still written.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _wake.TrySetResult();
        }
    }

    /// <summary>
    /// Ends when so many requests or so many events wait, when requests are answered, or when the queue closes. A waiting writer is not
    /// woken by every request: that would cost more than the request. For one caller at a time.
    /// </summary>
    public Task WhenWaiting(int requests, int events)
    {
        lock (_lock)
        {
            (_wakeAtRequests, _wakeAtEvents) = (requests, events);
            _wake = NewSignal();
            if (_closed)
                _wake.TrySetResult();
            WakeIfEnoughWaits();
            return _wake.Task;
        }
    }

    private static int TakeFrom(IngestLane lane, int maxEvents, List<IngestRequest> group, int taken)
    {
        while (taken < maxEvents && lane.TryTake(out var request))
        {
            taken += request.Events.Count;
            group.Add(request);
        }

        return taken;
    }

    private IngestLane LaneOf(IngestRequest request) => request.Events.Count <= SmallRequest ? _small : _large;

    private void WakeIfEnoughWaits()
    {
        if (_waitingRequests > 0 && (_waitingRequests >= _wakeAtRequests || _waitingEvents >= _wakeAtEvents))
            _wake.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
