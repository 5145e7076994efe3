using Npgsql;
using NpgsqlTypes;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Rollups;

/// <summary>Reads back all days of the months in which a delta touches an episode.</summary>
internal static class EpisodeMonths
{
    private const string Columns = "d.episode_id, d.day, d.podcast_id, d.cost_usd, d.event_count";

    /// <summary>Runs the upserts, then reads; on PostgreSQL in one round trip.</summary>
    public static async Task<IReadOnlyList<EpisodeDayRow>> UpsertAndReadAsync(
        LedgerTransaction transaction,
        Database database,
        IReadOnlyList<Upsert> upserts,
        RollupDelta delta,
        CancellationToken cancellationToken
    )
    {
        if (transaction.Connection is not NpgsqlConnection connection)
        {
            await transaction.RunAsync(database, upserts, cancellationToken);
            return ReadSqlite((SqliteDatabase)database, transaction, SpansOf(delta));
        }

        if (ReadCommand(delta) is not { } read)
            return [];
        await using var batch = new NpgsqlBatch(connection, (NpgsqlTransaction)transaction.Transaction);
        foreach (var upsert in upserts)
        {
            if (!upsert.IsEmpty)
                batch.BatchCommands.Add(upsert.ForPostgres(database));
        }

        batch.BatchCommands.Add(read);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await ReadAsync(reader, cancellationToken);
    }

    /// <summary>The command that reads them on PostgreSQL; null where the delta touches no episode.</summary>
    public static NpgsqlBatchCommand? ReadCommand(RollupDelta delta)
    {
        var spans = SpansOf(delta);
        if (spans.Count == 0)
            return null;
        // "offset 0" keeps the planner from joining the other way round, over the whole table.
        var read = new NpgsqlBatchCommand(
            $"""
            select {Columns}
            from unnest($1::uuid[], $2::date[], $3::date[]) as span (episode_id, first_day, last_day)
            cross join lateral (
              select * from episode_days e
              where e.episode_id = span.episode_id and e.day between span.first_day and span.last_day
              offset 0
            ) d
            """
        );
        read.Parameters.Add(Array(NpgsqlDbType.Uuid, spans.Select(span => span.EpisodeId).ToArray()));
        read.Parameters.Add(Array(NpgsqlDbType.Date, spans.Select(span => span.Month.FirstDay).ToArray()));
        read.Parameters.Add(Array(NpgsqlDbType.Date, spans.Select(span => span.Month.LastDay).ToArray()));
        return read;
    }

    /// <summary>Reads the rows of <see cref="ReadCommand"/>.</summary>
    public static async Task<IReadOnlyList<EpisodeDayRow>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<EpisodeDayRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = new EpisodeDayKey(reader.GetGuid(0), reader.GetFieldValue<DateOnly>(1), reader.GetGuid(2));
            rows.Add(new EpisodeDayRow(key, new Tally(reader.GetDecimal(3), reader.GetInt64(4), 0)));
        }

        return rows;
    }

    private static List<(Guid EpisodeId, Month Month)> SpansOf(RollupDelta delta) =>
        [.. delta.EpisodeDays.Keys.Select(key => (key.EpisodeId, Month: Month.Of(key.Day))).Distinct()];

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType type, T[] values) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    private static List<EpisodeDayRow> ReadSqlite(SqliteDatabase database, LedgerTransaction transaction, List<(Guid EpisodeId, Month Month)> spans)
    {
        var statement = database.Statement(
            transaction,
            $"select {Columns} from episode_days d where d.episode_id = @episode and d.day between @first and @last"
        );
        var rows = new List<EpisodeDayRow>();
        foreach (var span in spans)
        {
            statement.Bind(span.EpisodeId);
            statement.Bind(span.Month.FirstDay);
            statement.Bind(span.Month.LastDay);
            while (statement.Step())
            {
                var key = new EpisodeDayKey(span.EpisodeId, SqliteText.ToDate(statement.Text(1)), Guid.Parse(statement.Text(2)));
                rows.Add(new EpisodeDayRow(key, new Tally(SqliteText.ToDecimal(statement.Text(3)), statement.Integer(4), 0)));
            }
        }

        return rows;
    }
}
