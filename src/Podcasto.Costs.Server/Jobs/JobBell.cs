namespace Podcasto.Costs.Server.Jobs;

/// <summary>Rings when this server has put something into the queue, so that it need not wait for the next look.</summary>
internal sealed class JobBell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Ring()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    /// <summary>Waits until it rings, at most so long.</summary>
    public Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => _rung.WaitAsync(limit, cancellationToken);

    public void Dispose() => _rung.Dispose();
}
