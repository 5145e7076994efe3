using Npgsql;

namespace Podcasto.Costs.Server.Storage.Upserts;

internal static class UpsertRunner
{
    /// <summary>Runs them in their order; on PostgreSQL in one round trip.</summary>
    public static async Task RunAsync(
        this LedgerTransaction transaction,
        Database database,
        IReadOnlyList<Upsert> upserts,
        CancellationToken cancellationToken
    )
    {
        if (transaction.Connection is not NpgsqlConnection connection)
        {
            foreach (var upsert in upserts)
            {
                if (!upsert.IsEmpty)
                    upsert.RunOnSqlite(database, transaction);
            }

            return;
        }

        await using var batch = new NpgsqlBatch(connection, (NpgsqlTransaction)transaction.Transaction);
        foreach (var upsert in upserts)
        {
            if (!upsert.IsEmpty)
                batch.BatchCommands.Add(upsert.ForPostgres(database));
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
