using System.Diagnostics;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Ingest.Writing;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>The limit: the same rows into the same table by Npgsql's binary COPY, 10,000 a transaction, and nothing else.</summary>
internal static class CopyLimit
{
    public const int BatchSize = 10_000;

    public static double RowsPerSecond(string connectionString, List<PricedEvent> rows, int connections)
    {
        var open = Enumerable.Range(0, connections).Select(_ => Open(connectionString)).ToList();
        var batches = rows.Chunk(BatchSize).ToList();
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        Task.WaitAll([.. open.Select(connection => Task.Run(() => Run(connection)))]);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        open.ForEach(connection => connection.Dispose());
        return rows.Count / seconds;

        void Run(NpgsqlConnection connection)
        {
            while (Interlocked.Increment(ref next) is var index && index < batches.Count)
                Copy(connection, batches[index]);
        }
    }

    /// <summary>Milliseconds of one-row transactions on one connection.</summary>
    public static double[] SingleRowMs(string connectionString, List<PricedEvent> rows)
    {
        using var connection = Open(connectionString);
        using var command = new NpgsqlCommand(
            $"insert into cost_tracking_events ({EventColumns.Names}) values ({string.Join(", ", Enumerable.Range(1, EventColumns.Count).Select(index => $"${index}"))})",
            connection
        );
        var at = TimeProvider.System.GetUtcNow();
        for (var column = 0; column < EventColumns.Count; column++)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = EventColumns.Types[column] });
        command.Prepare();
        var latencies = new double[rows.Count];
        for (var index = 0; index < latencies.Length; index++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var column = 0; column < EventColumns.Count; column++)
                command.Parameters[column].Value = EventColumns.Value(rows[index], column, at) ?? DBNull.Value;
            command.ExecuteNonQuery();
            latencies[index] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return latencies;
    }

    private static NpgsqlConnection Open(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        return connection;
    }

    private static void Copy(NpgsqlConnection connection, PricedEvent[] rows)
    {
        using var transaction = connection.BeginTransaction();
        var at = TimeProvider.System.GetUtcNow();
        using (var copy = connection.BeginBinaryImport($"copy cost_tracking_events ({EventColumns.Names}) from stdin (format binary)"))
        {
            foreach (var row in rows)
                Write(copy, row, at);
            copy.Complete();
        }

        transaction.Commit();
    }

    // Typed writes: boxed ones would make the limit look lower than it is.
    private static void Write(NpgsqlBinaryImporter copy, PricedEvent row, DateTimeOffset at)
    {
        var costEvent = row.Event;
        copy.StartRow();
        copy.Write(costEvent.Id, NpgsqlDbType.Uuid);
        Write(copy, costEvent.EpisodeId, NpgsqlDbType.Uuid);
        Write(copy, costEvent.PodcastId, NpgsqlDbType.Uuid);
        Write(copy, costEvent.UserId, NpgsqlDbType.Uuid);
        Write(copy, row.PriceId, NpgsqlDbType.Uuid);
        copy.Write(costEvent.Timestamp, NpgsqlDbType.TimestampTz);
        copy.Write(at, NpgsqlDbType.TimestampTz);
        copy.Write(costEvent.Type.Name(), NpgsqlDbType.Text);
        copy.Write(costEvent.Service, NpgsqlDbType.Text);
        copy.Write(costEvent.Unit, NpgsqlDbType.Text);
        copy.Write(row.PricedBy.Name(), NpgsqlDbType.Text);
        copy.Write(costEvent.Quantity, NpgsqlDbType.Numeric);
        copy.Write(row.UnitCostUsd, NpgsqlDbType.Numeric);
        copy.Write(row.TotalCostUsd, NpgsqlDbType.Numeric);
        Write(copy, costEvent.Model);
        Write(copy, costEvent.Region);
        Write(copy, costEvent.Usage.Tokens, NpgsqlDbType.Numeric);
        Write(copy, costEvent.Usage.DurationSeconds, NpgsqlDbType.Numeric);
        Write(copy, costEvent.Usage.FileSizeMb, NpgsqlDbType.Numeric);
        if (costEvent.Metadata.IsEmpty)
            copy.WriteNull();
        else
            copy.Write(Encoding.UTF8.GetString(costEvent.Metadata.Span), NpgsqlDbType.Json);
    }

    private static void Write<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type)
        where T : struct
    {
        if (value is { } given)
            copy.Write(given, type);
        else
            copy.WriteNull();
    }

    private static void Write(NpgsqlBinaryImporter copy, string? value)
    {
        if (value is null)
            copy.WriteNull();
        else
            copy.Write(value, NpgsqlDbType.Text);
    }
}
