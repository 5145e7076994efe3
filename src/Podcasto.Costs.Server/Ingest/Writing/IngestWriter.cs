using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Ingest.Writing;

/// <summary>Commits what waits in the queue, many requests in one transaction; callers get their answer only after the commit.</summary>
internal sealed partial class IngestWriter(
    IngestQueue queue,
    LedgerWriter ledger,
    Database database,
    IOptions<IngestOptions> options,
    ILogger<IngestWriter> log
) : IHostedService
{
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(1);

    // So many are waited for to the last: their transactions cost more than their events. Fewer are as likely to be strangers to each other,
    // of more some are always late.
    private const int MinTogether = 4;
    private const int MaxTogether = 32;

    private readonly int _writers = Math.Min(options.Value.Writers, database.UsefulWriters);
    private readonly List<Task> _started = [];
    private Task _running = Task.CompletedTask;
    private int _lastRequests;
    private int _expected;
    private int _active;
    private int _outstanding;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    // The server has answered or cut off its last request by now: what it accepted is committed before the process ends.
    public Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        return _running.WaitAsync(cancellationToken);
    }

    // Ends when StopAsync closes the queue and all is written, not when a token fires.
    private async Task RunAsync()
    {
        while (!queue.IsClosed)
        {
            var active = Volatile.Read(ref _active);
            if (active == 0 ? await FirstIsDueAsync() : await AnotherIsDueAsync(active))
                Start(queue.Take(options.Value.BatchSize));
        }

        while (queue.HasWaiting)
            await WriteAsync(queue.Take(options.Value.BatchSize));
        await Task.WhenAll(_started);
    }

    // Clients that were answered together come back together: the first of them waits a moment for most of the others, else it
    // would have a transaction to itself and the others one more.
    private async Task<bool> FirstIsDueAsync()
    {
        await queue.WhenWaiting(1, 1);
        var most = queue.WhenWaiting(EnoughForFirst(), options.Value.SecondWriterFrom);
        if (!most.IsCompleted)
            await Task.WhenAny(most, Task.Delay(Linger, CancellationToken.None));
        return queue.HasWaiting;
    }

    private async Task<bool> AnotherIsDueAsync(int active)
    {
        var mayStart = active < _writers;
        var enough = queue.WhenWaiting(int.MaxValue, mayStart ? EnoughForAnother() : int.MaxValue);
        // One may have ended before we asked to be told.
        if (Volatile.Read(ref _active) < active)
            return false;
        await enough;
        return mayStart && Volatile.Read(ref _active) == active && queue.HasWaiting;
    }

    private int EnoughForFirst() => Volatile.Read(ref _expected) is >= MinTogether and <= MaxTogether and var all ? all : _lastRequests * 3 / 4;

    // Two halves of all that clients have on the way are better than three thirds of which one waits. A little less than a half, so
    // that one late client does not keep the others.
    private int EnoughForAnother() =>
        Math.Max(options.Value.SecondWriterFrom, Math.Min(options.Value.BatchSize, Volatile.Read(ref _outstanding) * 2 / 5));

    private void Start(List<IngestRequest> group)
    {
        _lastRequests = group.Count;
        Interlocked.Increment(ref _active);
        _started.RemoveAll(task => task.IsCompleted);
        _started.Add(Task.Run(() => WriteAsync(group)));
    }

    private async Task WriteAsync(List<IngestRequest> group)
    {
        await CommitAsync(group);
        Volatile.Write(ref _outstanding, queue.Depth);
        Volatile.Write(ref _expected, group.Count + queue.WaitingRequests);
        Interlocked.Decrement(ref _active);
        queue.Release(group);
    }

    private async Task CommitAsync(List<IngestRequest> group)
    {
        try
        {
            await ledger.CommitAsync(group);
        }
        catch (Exception exception) when (group.Count > 1 && !database.IsUnavailable(exception))
        {
            // A fault of ours in one request must not take the others with it.
            Log.GroupFailed(log, exception, group.Count);
            foreach (var request in group)
                await CommitAsync([request]);
        }
        catch (Exception exception)
        {
            Log.Failed(log, exception, group.Count);
            foreach (var request in group)
                request.Fail(exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A transaction of {Requests} requests failed; each is tried alone")]
        public static partial void GroupFailed(ILogger logger, Exception exception, int requests);

        [LoggerMessage(LogLevel.Error, "The events of {Requests} requests could not be stored; their senders are told to try again")]
        public static partial void Failed(ILogger logger, Exception exception, int requests);
    }
}
