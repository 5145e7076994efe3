using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Ingest.Writing;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>The limit on SQLite: a bare loop of one prepared insert, 5,000 rows a transaction, synchronous = full, and nothing else.</summary>
internal static class SqliteLimit
{
    private const int BatchSize = 5_000;

    public static double RowsPerSecond(string connectionString, List<PricedEvent> rows)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma synchronous = full";
        command.ExecuteNonQuery();
        command.CommandText =
            $"insert into cost_tracking_events ({EventColumns.Names}) values ({string.Join(", ", Enumerable.Range(0, EventColumns.Count).Select(index => $"@p{index}"))})";
        for (var column = 0; column < EventColumns.Count; column++)
            command.Parameters.Add(new SqliteParameter($"@p{column}", SqliteType.Text));
        // The values are made beforehand: what is measured is SQLite.
        var at = TimeProvider.System.GetUtcNow();
        var values = rows.Select(row =>
                Enumerable.Range(0, EventColumns.Count).Select(column => SqliteText.Of(EventColumns.Value(row, column, at))).ToArray()
            )
            .ToList();
        command.Prepare();

        var started = Stopwatch.GetTimestamp();
        foreach (var batch in values.Chunk(BatchSize))
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            foreach (var row in batch)
            {
                for (var column = 0; column < row.Length; column++)
                    command.Parameters[column].Value = row[column];
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return rows.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
