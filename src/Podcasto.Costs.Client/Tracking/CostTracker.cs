using Microsoft.Extensions.Logging;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Scopes;
using Podcasto.Costs.Client.Setup;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>
/// Callers put events into a buffer; one loop encodes them into the outbox, on disk where there is a spool; another sends what is there.
/// Neither knows callers, and no caller waits for either.
/// </summary>
internal sealed class CostTracker : ICostTracker, IAsyncDisposable, IDisposable
{
    private readonly PodcastoCostsOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly TrackerParts _parts;
    private readonly CancellationTokenSource _end = new();
    private readonly ProcessEnd _processEnd;
    private readonly Task _encoding;
    private readonly Task _sending;
    private readonly Lazy<Task> _stopping;

    // A host ends its program in order when a signal comes.
    public CostTracker(TrackerParts parts, PodcastoCostsOptions options, TimeProvider clock, bool hasHost, ILogger logger)
    {
        (_parts, _options, _clock, _logger) = (parts, options, clock, logger);
        _stopping = new Lazy<Task>(() => Task.Run(StopOnceAsync));
        // The loops are nobody's: they belong to no scope, activity or culture of whoever happens to be the first to track.
        AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _encoding = Task.Run(EncodeAsync);
        _sending = Task.Run(() => new SendingLoop(parts, logger).RunAsync(_end.Token));
        flow?.Undo();

        _processEnd = new ProcessEnd(() => _stopping.Value, hasHost ? null : FlushInTimeAsync);
    }

    public TrackerCounts Counts => _parts.Counters.Counts;

    public void Track(NewEvent costEvent)
    {
        _parts.Counters.Tracked();
        try
        {
            if (costEvent is null)
                _parts.Counters.Dropped(DropReason.Rejected);
            else if (_parts.Buffer.TryAdd(new TrackedEvent(costEvent, _clock.GetUtcNow(), CostScope.Find())))
                _parts.Settlement.Take();
            else
                _parts.Counters.Dropped(_parts.Buffer.IsClosed ? DropReason.Stopped : DropReason.BufferFull);
        }
        catch (Exception)
        {
            // Whatever it is, it is not the caller's.
            _parts.Counters.Dropped(DropReason.Rejected);
        }
    }

    public async Task<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        var settled = _parts.Settlement.WhenSettledAsync();
        if (settled.IsCompleted)
            return true;
        _parts.Outbox.Hurry();
        _parts.Buffer.Hurry();
        try
        {
            await settled.WaitAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            _parts.Outbox.Rest();
        }
    }

    public async ValueTask DisposeAsync() => await _stopping.Value;

    public void Dispose() => _stopping.Value.GetAwaiter().GetResult();

    private async Task FlushInTimeAsync()
    {
        using var timeout = new CancellationTokenSource(_options.ShutdownTimeout);
        await FlushAsync(timeout.Token);
    }

    private async Task EncodeAsync()
    {
        var gathering =
            _options.SpoolFolder is null || _options.SpoolInterval > _options.FlushInterval ? _options.FlushInterval : _options.SpoolInterval;
        try
        {
            while (await _parts.Buffer.WaitAsync(gathering))
            {
                while (_parts.Batcher.Next() is { Count: > 0 } batch)
                    await AddAsync(batch);
                _parts.Outbox.Flush();
            }
        }
        catch (OperationCanceledException)
        {
            // The end came while the outbox was full.
        }

        _parts.Outbox.Complete();
    }

    private async Task AddAsync(EventBatch batch)
    {
        try
        {
            await _parts.Outbox.AddAsync(batch, _end.Token);
        }
        catch (OperationCanceledException)
        {
            _parts.DropUnsent(batch.Count);
            throw;
        }
        catch (Exception exception)
        {
            TrackerLog.Failed(_logger, exception);
            _parts.DropUnsent(batch.Count);
        }
    }

    private async Task StopOnceAsync()
    {
        _processEnd.Dispose();
        _parts.Buffer.Close();
        _parts.Outbox.Hurry();
        try
        {
            await Task.WhenAll(_encoding, _sending).WaitAsync(_options.ShutdownTimeout);
        }
        catch (TimeoutException)
        {
            await _end.CancelAsync();
            await Task.WhenAll(_encoding, _sending);
        }
        catch (Exception exception)
        {
            TrackerLog.Failed(_logger, exception);
        }

        _parts.DropUnsent(_parts.Outbox.Abandon() + _parts.Buffer.Abandon());
        if (_parts.Counters.Of(DropReason.Shutdown) is > 0 and var lost)
            TrackerLog.Lost(_logger, lost);
        _parts.Dispose();
        _end.Dispose();
    }
}
