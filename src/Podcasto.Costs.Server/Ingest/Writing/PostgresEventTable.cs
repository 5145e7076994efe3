using Npgsql;
using NpgsqlTypes;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Ingest.Writing;

/// <summary>
/// Few events: one insert. Many: COPY straight into the table, which ends in a duplicate key where an id exists; then COPY to a
/// temporary table and insert from there what is new.
/// </summary>
internal sealed class PostgresEventTable : EventTable
{
    // Below this an insert with arrays is quicker than the round trips of COPY.
    private const int FewEvents = 64;

    private const string Staging = "staged_events";

    private static readonly string InsertArrays = $"""
        insert into cost_tracking_events ({EventColumns.Names})
        select * from unnest({string.Join(", ", EventColumns.Types.Select((type, index) => $"${index + 1}::{ArrayName(type)}"))})
        on conflict do nothing returning id
        """;

    private static readonly string InsertStaged = $"""
        insert into cost_tracking_events ({EventColumns.Names})
        select {EventColumns.Names} from {Staging} order by id
        on conflict do nothing returning id
        """;

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
            return await InsertStagedAsync(connection, events, at);
        await CopyAsync(connection, "cost_tracking_events", events, at);
        var inserted = new bool[events.Count];
        Array.Fill(inserted, true);
        return inserted;
    }

    private static async Task<bool[]> InsertFewAsync(NpgsqlConnection connection, IReadOnlyList<PricedEvent> events, DateTimeOffset at)
    {
        await using var command = new NpgsqlCommand(InsertArrays, connection);
        for (var column = 0; column < EventColumns.Count; column++)
        {
            var values = events.Select(priced => EventColumns.Value(priced, column, at)).ToArray();
            command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | EventColumns.Types[column] });
        }

        return await ReadInsertedAsync(command, events);
    }

    private static async Task<bool[]> InsertStagedAsync(NpgsqlConnection connection, IReadOnlyList<PricedEvent> events, DateTimeOffset at)
    {
        await using (
            var create = new NpgsqlCommand(
                $"create temporary table if not exists {Staging} (like cost_tracking_events) on commit delete rows",
                connection
            )
        )
            await create.ExecuteNonQueryAsync();
        await CopyAsync(connection, Staging, events, at);
        await using var insert = new NpgsqlCommand(InsertStaged, connection);
        return await ReadInsertedAsync(insert, events);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string table, IReadOnlyList<PricedEvent> events, DateTimeOffset at)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} ({EventColumns.Names}) from stdin (format binary)");
        foreach (var priced in events)
        {
            await copy.StartRowAsync();
            for (var column = 0; column < EventColumns.Count; column++)
            {
                if (EventColumns.Value(priced, column, at) is { } value)
                    await copy.WriteAsync(value, EventColumns.Types[column]);
                else
                    await copy.WriteNullAsync();
            }
        }

        await copy.CompleteAsync();
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

    private static string ArrayName(NpgsqlDbType type) => type == NpgsqlDbType.Json ? "json[]" : Storage.Upserts.SqlType.ArrayName(type);
}
