using Npgsql;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Ingest.Writing.Postgres;

/// <summary>
/// Few events: one insert. Many: COPY straight into the table, which ends in a duplicate key where an id exists; then COPY to a
/// temporary table and insert from there what is new.
/// </summary>
internal sealed class PostgresEventTable(PostgresDatabase database, SmallBatchCommit smallBatches) : EventTable
{
    // Below this an insert with arrays is quicker than the round trips of COPY.
    private const int FewEvents = 256;

    // Whoever repeats one batch is likely to repeat the next ones: the fast way is tried again after so many without a repeated id.
    private const int StagedAfterRepeats = 8;

    private const string Staging = "staged_events";

    private static readonly string InsertStaged = $"""
        insert into cost_tracking_events ({EventColumns.Names})
        select {EventColumns.Names} from {Staging} order by id
        on conflict do nothing returning id
        """;

    private int _stagedBatches;

    public override Task<bool> TryCommitAtOnceAsync(LedgerBatch batch, IReadOnlyCollection<Guid> episodes, DateTimeOffset at) =>
        batch.Events.Count > FewEvents ? Task.FromResult(false) : smallBatches.TryAsync(batch, episodes, at);

    public override async Task<OpenLedger> OpenAsync(IReadOnlyCollection<Guid> episodes)
    {
        var transaction = await database.BeginWritingAsync(CancellationToken.None);
        try
        {
            var connection = (NpgsqlConnection)transaction.Connection;
            await using var batch = new NpgsqlBatch(connection);
            PostgresOpening.AddTo(batch, episodes);
            await using var reader = await batch.ExecuteReaderAsync();
            var (version, archived, known) = await PostgresOpening.ReadAsync(reader);
            return new OpenLedger(transaction, version, archived, known);
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public override async Task<bool[]> InsertAsync(
        LedgerTransaction transaction,
        IReadOnlyList<PricedEvent> events,
        DateTimeOffset at,
        bool knownToRepeat
    )
    {
        var connection = (NpgsqlConnection)transaction.Connection;
        if (events.Count <= FewEvents)
            return await InsertFewAsync(connection, events, at);
        if (knownToRepeat)
            Volatile.Write(ref _stagedBatches, StagedAfterRepeats);
        if (database.IsDistributed || Volatile.Read(ref _stagedBatches) > 0)
            return await InsertStagedAsync(connection, events, at);
        await EventCopy.RunAsync(connection, "cost_tracking_events", events, at);
        var inserted = new bool[events.Count];
        Array.Fill(inserted, true);
        return inserted;
    }

    private static async Task<bool[]> InsertFewAsync(NpgsqlConnection connection, IReadOnlyList<PricedEvent> events, DateTimeOffset at)
    {
        await using var command = new NpgsqlCommand(EventArrays.Insert, connection);
        EventArrays.AddTo(command.Parameters, events, at);
        return await ReadInsertedAsync(command, events);
    }

    private async Task<bool[]> InsertStagedAsync(NpgsqlConnection connection, IReadOnlyList<PricedEvent> events, DateTimeOffset at)
    {
        await using (
            var create = new NpgsqlCommand(
                $"create temporary table if not exists {Staging} (like cost_tracking_events) on commit delete rows",
                connection
            )
        )
            await create.ExecuteNonQueryAsync();
        await EventCopy.RunAsync(connection, Staging, events, at);
        await using var insert = new NpgsqlCommand(InsertStaged, connection);
        var inserted = await ReadInsertedAsync(insert, events);
        // Two writers may both count one down; it is a guess anyway.
        Volatile.Write(ref _stagedBatches, inserted.Contains(false) ? StagedAfterRepeats : Math.Max(0, _stagedBatches - 1));
        return inserted;
    }

    // Never by the number of affected rows: where the table is distributed, that counts what was selected.
    private static async Task<bool[]> ReadInsertedAsync(NpgsqlCommand command, IReadOnlyList<PricedEvent> events)
    {
        var ids = new HashSet<Guid>(events.Count);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            ids.Add(reader.GetGuid(0));
        return [.. events.Select(priced => ids.Contains(priced.Event.Id))];
    }
}
