using Microsoft.Data.Sqlite;
using Npgsql;
using Podcasto.Costs.Server.Ingest.Writing;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Events;

/// <summary>Puts whole rows into the ledger's table, as they were: no pricing, no rollups.</summary>
internal static class StoredEventTable
{
    private static readonly string Statement =
        $"insert into cost_tracking_events ({EventColumns.Names}) values ({string.Join(", ", Enumerable.Range(0, EventColumns.Count).Select(index => $"@p{index}"))})";

    /// <summary>Inserts rows whose ids are not there.</summary>
    public static async Task InsertAsync(LedgerTransaction transaction, IReadOnlyList<StoredEvent> rows, CancellationToken cancellationToken)
    {
        if (transaction.Connection is NpgsqlConnection postgres)
            await CopyAsync(postgres, rows, cancellationToken);
        else
            Insert((SqliteConnection)transaction.Connection, rows);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IReadOnlyList<StoredEvent> rows, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"copy cost_tracking_events ({EventColumns.Names}) from stdin (format binary)",
            cancellationToken
        );
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            var values = Values(row);
            for (var column = 0; column < values.Length; column++)
            {
                if (values[column] is { } value)
                    await copy.WriteAsync(value, EventColumns.Types[column], cancellationToken);
                else
                    await copy.WriteNullAsync(cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static void Insert(SqliteConnection connection, IReadOnlyList<StoredEvent> rows)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Statement;
        foreach (var index in Enumerable.Range(0, EventColumns.Count))
            command.Parameters.Add(new SqliteParameter($"@p{index}", null));
        foreach (var row in rows)
        {
            var values = Values(row);
            for (var column = 0; column < values.Length; column++)
                command.Parameters[column].Value = SqliteText.Of(values[column]);
            command.ExecuteNonQuery();
        }
    }

    // In the order of EventColumns.
    private static object?[] Values(StoredEvent row) =>
        [
            row.Id,
            row.EpisodeId,
            row.PodcastId,
            row.UserId,
            row.PriceId,
            row.Timestamp,
            row.CreatedAt,
            row.EventType,
            row.Service,
            row.Unit,
            row.PricedBy,
            row.Quantity,
            row.UnitCostUsd,
            row.TotalCostUsd,
            row.Model,
            row.Region,
            row.Tokens,
            row.DurationSeconds,
            row.FileSizeMb,
            row.Metadata,
        ];
}
