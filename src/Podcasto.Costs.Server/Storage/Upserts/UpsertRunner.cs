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

        await using var batch = Batch(connection, transaction, database, upserts);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs them in their order and commits; on PostgreSQL in one round trip, so that the rows that everybody waits for are locked for no longer than that.</summary>
    public static async Task RunAndCommitAsync(this LedgerTransaction transaction, Database database, IReadOnlyList<Upsert> upserts)
    {
        if (transaction.Connection is not NpgsqlConnection connection)
        {
            await transaction.RunAsync(database, upserts, CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            return;
        }

        await using var batch = Batch(connection, transaction, database, upserts);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await batch.ExecuteNonQueryAsync();
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, LedgerTransaction transaction, Database database, IReadOnlyList<Upsert> upserts)
    {
        var batch = new NpgsqlBatch(connection, (NpgsqlTransaction)transaction.Transaction);
        foreach (var upsert in upserts)
        {
            if (!upsert.IsEmpty)
                batch.BatchCommands.Add(upsert.ForPostgres(database));
        }

        return batch;
    }
}
