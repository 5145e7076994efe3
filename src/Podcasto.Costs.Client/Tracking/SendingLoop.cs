using Microsoft.Extensions.Logging;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>Sends what the outbox holds, a load at a time, until it is complete or the end comes.</summary>
internal sealed class SendingLoop(TrackerParts parts, ILogger logger)
{
    public async Task RunAsync(CancellationToken end)
    {
        try
        {
            while (await parts.Outbox.NextAsync(end) is { } load)
                await SendAsync(load, end);
        }
        catch (OperationCanceledException)
        {
            // What waits on disk waits for the next process.
        }
    }

    private async Task SendAsync(Load load, CancellationToken end)
    {
        var waiting = load.Batches.Sum(batch => batch.Count);
        Settle(load, load.Damaged);
        parts.Counters.Dropped(DropReason.Damaged, load.Damaged);
        try
        {
            foreach (var batch in load.Batches)
            {
                await parts.Courier.DeliverAsync(
                    batch,
                    events =>
                    {
                        waiting -= events;
                        Settle(load, events);
                    },
                    end
                );
            }

            load.Done();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A fault of ours: the load is not sent again in this process, lest it happen for ever. On disk it stays for the next one.
            TrackerLog.Failed(logger, exception);
            Abandon(load, waiting);
        }
        catch (OperationCanceledException)
        {
            Abandon(load, waiting);
            throw;
        }
    }

    private void Abandon(Load load, int waiting)
    {
        if (!load.IsOnDisk)
            parts.DropUnsent(waiting);
    }

    private void Settle(Load load, int events)
    {
        if (load.IsOwn)
            parts.Settlement.Settle(events);
    }
}
