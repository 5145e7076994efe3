using Podcasto.Costs.Cli.App;

namespace Podcasto.Costs.Cli.Sending;

/// <summary>Sends an input batch by batch, and remembers each that was acknowledged before the next.</summary>
internal sealed class Sender(Session session, EventInput input, StateFile stateFile, RejectedFile rejectedFile, int batchSize)
{
    private const int MostBytes = 4 * 1024 * 1024;
    private const int MostTold = 20;

    // Between an event and its way to the server, where more might come.
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(1);

    private readonly List<EventLine> _batch = [];
    private int _bytes;
    private long _batchStart;

    /// <summary>How far it is.</summary>
    public SendState State { get; private set; } = null!;

    /// <summary>Finds the place to begin: behind what an earlier run has acknowledged of the same input, else at the start.</summary>
    public async Task BeginAsync(bool restart, CancellationToken cancellationToken)
    {
        var server = session.Settings.Server.ToString();
        if (!restart && stateFile.Read() is { LastLength: > 0 } left && left.Server == server)
        {
            if (await input.ResumeAsync(left, cancellationToken))
            {
                session.Note($"Going on behind the {left.Totals.Events} events that an earlier run has sent.");
                State = left;
                rejectedFile.CutTo(left.RejectedBytes);
                return;
            }

            if (input.Length is null)
                throw new CliException(ExitCodes.Failed, "The input is not the one that an earlier run has read: --restart sends all of it.");
            session.Note("The file has changed since an earlier run: all of it is sent. Events that were sent before are duplicates.");
        }

        var place = await input.BeginAsync(cancellationToken);
        // A run that was killed before its first answer may have been heard: its ids are made again.
        var seed = !restart && stateFile.Read() is { LastLength: 0 } unheard && unheard.Server == server ? unheard.Seed : Guid.CreateVersion7();
        State = new SendState
        {
            Server = server,
            Seed = seed,
            IsArray = place.IsArray,
            Offset = place.Offset,
        };
        rejectedFile.CutTo(0);
        stateFile.Write(State);
    }

    public async Task RunAsync(Action<SendState> progress, CancellationToken cancellationToken)
    {
        var ids = new EventIds(State.Seed);
        var sender = new BatchSender(session.Costs, ids);
        progress(State);
        var lines = input.ReadAsync(State.Place, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(lines, Flush, cancellationToken))
        {
            if (_batch.Count == 0)
                _batchStart = session.Clock.GetTimestamp();
            _batch.Add(lines.Current);
            _bytes += lines.Current.Text.Length;
            if (_batch.Count >= batchSize || _bytes >= MostBytes)
                await Flush();
        }

        if (_batch.Count > 0)
            await Flush();
        stateFile.Delete();

        Task Flush() => FlushAsync(sender, ids, progress, cancellationToken);
    }

    // What a slow input has given so far is not kept waiting for the rest. The enumerator is not disposed of: it may be in the middle of a read.
    private async Task<bool> NextAsync(IAsyncEnumerator<EventLine> lines, Func<Task> flush, CancellationToken cancellationToken)
    {
        var next = lines.MoveNextAsync();
        if (next.IsCompleted)
            return await next;
        var line = next.AsTask();
        if (_batch.Count == 0)
            return await line.WaitAsync(cancellationToken);
        var left = MostWait - session.Clock.GetElapsedTime(_batchStart);
        try
        {
            return await line.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, session.Clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            await flush();
            return await line.WaitAsync(cancellationToken);
        }
    }

    private async Task FlushAsync(BatchSender sender, EventIds ids, Action<SendState> progress, CancellationToken cancellationToken)
    {
        var before = ids.Made;
        var (receipt, rejected) = await sender.SendAsync(_batch, cancellationToken);
        Tell(rejected);
        rejectedFile.Add(rejected);
        var totals = State.Totals;
        totals = new SendTotals
        {
            Accepted = totals.Accepted + receipt.Accepted,
            Duplicates = totals.Duplicates + receipt.Duplicates,
            Unpriced = totals.Unpriced + receipt.Unpriced,
            Rejected = totals.Rejected + rejected.Count,
            WithoutId = totals.WithoutId + ids.Made - before,
            TotalCostUsd = totals.TotalCostUsd + receipt.TotalCostUsd,
        };
        State = State.After(_batch[^1], totals, rejectedFile.Bytes);
        stateFile.Write(State);
        _batch.Clear();
        _bytes = 0;
        progress(State);
    }

    // Thousands of lines would hide what was said before them; the file has all.
    private void Tell(List<(EventLine Line, string Message)> rejected)
    {
        var left = Math.Max(0, MostTold - State.Totals.Rejected);
        foreach (var (line, message) in rejected.Take((int)left))
            session.Note($"{(State.IsArray ? "Item" : "Line")} {line.Number} is rejected: {message}");
        if (left > 0 && rejected.Count > left)
            session.Note($"Further ones are not named here{(rejectedFile.Path is { } path ? $", but in {path}" : "")}.");
    }
}
