namespace Podcasto.Costs.Client.Tracking;

/// <summary>Knows how many of this process's events have left, and tells those who wait for it.</summary>
internal sealed class Settlement
{
    private readonly Lock _lock = new();
    private readonly List<(long Target, TaskCompletionSource Done)> _waiters = [];
    private long _taken;
    private long _settled;

    /// <summary>An event came in that will be settled.</summary>
    public void Take() => Interlocked.Increment(ref _taken);

    /// <summary>So many events were sent, dropped or set aside.</summary>
    public void Settle(int events)
    {
        lock (_lock)
        {
            _settled += events;
            foreach (var (target, done) in _waiters)
            {
                if (_settled >= target)
                    done.TrySetResult();
            }

            _waiters.RemoveAll(waiter => waiter.Done.Task.IsCompleted);
        }
    }

    /// <summary>Completes when as many events have left as have come by now.</summary>
    public Task WhenSettledAsync()
    {
        lock (_lock)
        {
            var target = Volatile.Read(ref _taken);
            if (_settled >= target)
                return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((target, done));
            return done.Task;
        }
    }
}
