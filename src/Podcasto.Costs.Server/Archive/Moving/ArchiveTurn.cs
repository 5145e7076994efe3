using Podcasto.Costs.Server.Jobs;

namespace Podcasto.Costs.Server.Archive.Moving;

/// <summary>One archive or restore at a time, of all servers and processes on a database.</summary>
internal sealed partial class ArchiveTurn(Lease lease, TimeProvider clock, ILogger<ArchiveTurn> log)
{
    private const string Name = "archive";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for the turn, for as long as a lease of somebody who was killed may last, and runs work in it.</summary>
    /// <exception cref="JobException">Somebody else works, and goes on working.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (!await lease.TryTakeAsync(Name, cancellationToken))
        {
            if (clock.GetElapsedTime(started) > Lease.Length + Lease.Length)
                throw new JobException("Another server, or a command, archives or restores at this moment. Try again when it is done.");
            await Task.Delay(Poll, cancellationToken);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var done = new CancellationTokenSource();
        var keeping = KeepAsync(stop, done.Token);
        try
        {
            return await work(stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new JobException("The database was away for so long that another server may have taken this over. Start it again.");
        }
        finally
        {
            await done.CancelAsync();
            await keeping;
            await ReleaseAsync();
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await lease.ReleaseAsync(Name, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // It ends by itself. What the work met, or did, is what counts.
            Log.NotReleased(log, exception);
        }
    }

    private async Task KeepAsync(CancellationTokenSource work, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Lease.Length / 3, done);
                if (!await lease.TryTakeAsync(Name, done))
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception)
        {
            // Not held for certain any more.
        }

        await work.CancelAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The turn to archive could not be given back; others wait until it ends by itself")]
        public static partial void NotReleased(ILogger logger, Exception exception);
    }
}
