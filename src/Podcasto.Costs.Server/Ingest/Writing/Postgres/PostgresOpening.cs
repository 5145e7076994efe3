using Npgsql;
using NpgsqlTypes;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Ingest.Writing.Postgres;

/// <summary>
/// The first statements of every transaction that takes events in: the lock, then what must be known of the ledger. Each statement
/// sees what was committed before it began, so the reads see what the lock waited for.
/// </summary>
internal static class PostgresOpening
{
    public static void AddTo(NpgsqlBatch batch, IReadOnlyCollection<Guid> episodes)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresDatabase.LockStatement(LedgerAccess.Shared)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(OpenLedger.ReadState));
        var podcasts = new NpgsqlBatchCommand("select id, podcast_id from episodes where id = any($1)");
        podcasts.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. episodes], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        batch.BatchCommands.Add(podcasts);
    }

    /// <summary>Reads the results of these statements, and leaves the reader at the last of them.</summary>
    public static async Task<(long PriceVersion, long ArchivedEvents, Dictionary<Guid, Guid> Podcasts)> ReadAsync(NpgsqlDataReader reader)
    {
        await reader.NextResultAsync();
        await reader.ReadAsync();
        var (version, archived) = (reader.GetInt64(0), reader.GetInt64(1));
        await reader.NextResultAsync();
        var known = new Dictionary<Guid, Guid>();
        while (await reader.ReadAsync())
            known.Add(reader.GetGuid(0), reader.GetGuid(1));
        return (version, archived, known);
    }
}
