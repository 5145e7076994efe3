using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Podcasto.Costs.Client.Spooling;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>
/// Where encoded batches wait for the sender: on disk, where there is a spool with room. Else a single one waits in memory and the next has to
/// wait for its place, so that the buffer, which is bounded, fills behind it.
/// </summary>
internal sealed class Outbox(SpoolDoor door, TrackerCounters counters, int batchSize, TimeSpan gathering, ILogger logger)
{
    private readonly Channel<EventBatch> _memory = Channel.CreateBounded<EventBatch>(1);
    private readonly Bell _bell = new();
    private int _flushes;

    /// <summary>Takes a batch; waits where it finds no room.</summary>
    /// <exception cref="OperationCanceledException">It found none before the end.</exception>
    public async Task AddAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (door.Open() is { } spool && spool.TryAppend(batch))
        {
            counters.Spooled(batch.Count);
            return;
        }

        await _memory.Writer.WriteAsync(batch, cancellationToken);
        _bell.Ring();
    }

    /// <summary>What was added is on the disk, as far as it went there.</summary>
    public void Flush()
    {
        if (door.Open() is not { } spool)
            return;
        spool.Flush();
        _bell.Ring();
    }

    /// <summary>Until <see cref="Rest"/> batches do not wait to become fuller.</summary>
    public void Hurry()
    {
        Interlocked.Increment(ref _flushes);
        _bell.Ring();
    }

    /// <summary>Ends a <see cref="Hurry"/>.</summary>
    public void Rest() => Interlocked.Decrement(ref _flushes);

    /// <summary>Nothing more is added.</summary>
    public void Complete()
    {
        _memory.Writer.TryComplete();
        _bell.Ring();
    }

    /// <summary>What is to be sent next; null when nothing is left and nothing more will come.</summary>
    /// <exception cref="OperationCanceledException">It is over.</exception>
    public async Task<Load?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_memory.Reader.TryRead(out var batch))
                return Load.OfMemory(batch);
            var isOver = _memory.Reader.Completion.IsCompleted;
            var spool = door.Open();
            if (spool is not null && (isOver || IsWorthTaking(spool)) && spool.Take() is { } segment)
                return Open(spool, segment);
            if (isOver)
                return null;
            await _bell.WaitAsync(Patience(spool), cancellationToken);
        }
    }

    /// <summary>Events in memory that nobody will send now.</summary>
    public int Abandon()
    {
        var events = 0;
        while (_memory.Reader.TryRead(out var batch))
            events += batch.Count;
        return events;
    }

    private bool IsWorthTaking(Spool spool) =>
        spool.HasSegments || spool.Fresh >= batchSize || spool.Age >= gathering || Volatile.Read(ref _flushes) > 0;

    // With events on disk it waits for more of them; a spool that was asked for and is not to be had is looked for again.
    private TimeSpan Patience(Spool? spool)
    {
        if (spool is null)
            return door.IsWanted ? SpoolDoor.Pause : Timeout.InfiniteTimeSpan;
        if (spool.Age is not { } age)
            return Timeout.InfiniteTimeSpan;
        return age < gathering ? gathering - age + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero;
    }

    private Load Open(Spool spool, SpoolSegment segment)
    {
        try
        {
            var (batches, damaged) = segment.Read(batchSize);
            if (damaged > 0)
                SpoolLog.Damaged(logger, damaged, segment.Path);
            if (!segment.IsOwn)
                counters.Recovered(damaged + batches.Sum(batch => batch.Count));
            return new Load(batches, segment.IsOwn, damaged, () => spool.Delete(segment), IsOnDisk: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            SpoolLog.ReadFailed(logger, segment.Path, exception);
            return new Load([], segment.IsOwn, 0, () => { }, IsOnDisk: true);
        }
    }
}
