namespace Podcasto.Costs.Client.Tracking;

/// <summary>Wakes the one who waits; rung before, the next wait ends at once.</summary>
#pragma warning disable CA1001 // Nobody asks the semaphore for a handle, so there is nothing to dispose of, and late callers find it alive.
internal sealed class Bell
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _rung = new(0);

    public void Ring()
    {
        if (_rung.CurrentCount == 0)
            _rung.Release();
    }

    public Task WaitAsync() => _rung.WaitAsync();

    /// <returns>False when the time was over first.</returns>
    /// <exception cref="OperationCanceledException">The token was, or is.</exception>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => _rung.WaitAsync(atMost, cancellationToken);
}
