using System.Data.Common;
using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>Reads what the index holds, and what tells whether it still stands.</summary>
internal static class EpisodeIndexReader
{
    private const string Facts = "podcast_id as catalog_podcast_id, e.published_at, e.duration_seconds";

    /// <summary>The versions of the days of a span, by one statement: of one instant.</summary>
    public static async Task<SpanVersion> VersionAsync(
        DbConnection connection,
        DbTransaction? transaction,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select date as day, event_count, updated_at, total_episodes_processed as episode_count,
              {LedgerCounter.EpisodeRevision.Sql} as revision, {LedgerCounter.DayRepairs.Sql} as repairs
            from daily_cost_summary where date between @from and @to and event_count > 0 order by date
            """;
        var command = new CommandDefinition(sql, new { from, to }, transaction, cancellationToken: cancellationToken);
        var rows = (await connection.QueryAsync<VersionRow>(command)).AsList();
        return rows.Count == 0 ? SpanVersion.None : new SpanVersion([.. rows.Select(row => row.Version)], rows[0].Revision, rows[0].Repairs);
    }

    /// <summary>The entries of the catalog that changed after a revision; of a row, only what the catalog says is set.</summary>
    public static async Task<IReadOnlyList<EpisodeRow>> ChangedAsync(LedgerTransaction snapshot, long after, CancellationToken cancellationToken)
    {
        const string Sql = $"select e.id as episode_id, e.{Facts} from episodes e where e.revision > @after and e.revision > 0";
        var command = new CommandDefinition(Sql, new { after }, snapshot.Transaction, commandTimeout: 0, cancellationToken: cancellationToken);
        return (await snapshot.Connection.QueryAsync<EpisodeRow>(command)).AsList();
    }

    /// <summary>The rows of some days.</summary>
    public static async Task<ILookup<DateOnly, EpisodeRow>> RowsAsync(
        LedgerTransaction snapshot,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        const string Sql = $"""
            select d.day, d.podcast_id, d.episode_id, d.cost_usd, e.{Facts}
            from episode_days d left join episodes e on e.id = d.episode_id
            where d.day between @from and @to and d.event_count > 0
            """;
        var command = new CommandDefinition(Sql, new { from, to }, snapshot.Transaction, commandTimeout: 0, cancellationToken: cancellationToken);
        return (await snapshot.Connection.QueryAsync<EpisodeRow>(command)).ToLookup(row => row.Day);
    }

    private sealed record VersionRow
    {
        public DateOnly Day { get; init; }

        public long EventCount { get; init; }

        public DateTimeOffset UpdatedAt { get; init; }

        public long EpisodeCount { get; init; }

        public long Revision { get; init; }

        public long Repairs { get; init; }

        public DayVersion Version =>
            new()
            {
                Day = Day,
                EventCount = EventCount,
                EpisodeCount = EpisodeCount,
                UpdatedAt = UpdatedAt,
            };
    }
}
