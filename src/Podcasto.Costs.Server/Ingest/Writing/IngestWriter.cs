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
    private Task _writers = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var count = Math.Min(options.Value.Writers, database.UsefulWriters);
        _writers = Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(RunAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    // The server has answered or cut off its last request by now: what it accepted is committed before the process ends.
    public Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        return _writers.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        var group = new List<IngestRequest>();
        // Ends when StopAsync closes the queue, not when a token fires.
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var events = 0;
            while (events < options.Value.BatchSize && queue.Reader.TryRead(out var request))
            {
                events += request.Events.Count;
                group.Add(request);
            }

            if (group.Count == 0)
                continue;
            await CommitAsync(group);
            queue.Release(events);
            group.Clear();
        }
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
