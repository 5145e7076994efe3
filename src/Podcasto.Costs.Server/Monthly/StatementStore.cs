using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Rollups.Index;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Monthly;

/// <summary>Puts a month's statement together from rollups; all of it as of one instant, so that its lines add up to its total.</summary>
internal sealed class StatementStore(Database database, CategoryRules categories, EpisodeIndex index, SlowAnswers answers)
{
    private const int MostEpisodes = 10;

    /// <summary>The statement of a month; null where it has no event.</summary>
    public async Task<MonthStatement?> FindAsync(Month month, CancellationToken cancellationToken)
    {
        const string Sql = """
            select month, total_episodes, total_cost_usd, event_count, unpriced_count, updated_at
            from month_totals where month in (@month, @before) and event_count > 0 order by month desc
            """;
        var dearest = await index.ReadAsync(
            nameof(StatementStore),
            month.FirstDay,
            month.LastDay,
            span => span.Dearest(MostEpisodes),
            cancellationToken
        );
        await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
        var dates = new { month = month.FirstDay, before = MonthBefore(month) };
        var totals = (
            await snapshot.Connection.QueryAsync<Totals>(
                new CommandDefinition(Sql, dates, snapshot.Transaction, cancellationToken: cancellationToken)
            )
        ).AsList();
        if (totals.Find(row => row.Month == month.FirstDay) is not { } total)
            return null;
        return new MonthStatement
        {
            Month = month,
            Earlier = await NeighbourAsync(snapshot, "<", "desc", month, cancellationToken),
            Later = await NeighbourAsync(snapshot, ">", "asc", month, cancellationToken),
            TotalCostUsd = total.TotalCostUsd,
            TotalBeforeUsd = totals.Find(row => row.Month != month.FirstDay)?.TotalCostUsd ?? 0,
            EpisodeCount = total.TotalEpisodes,
            EventCount = total.EventCount,
            UnpricedCount = total.UnpricedCount,
            UpdatedAt = total.UpdatedAt,
            Services = await ServicesAsync(snapshot, month, cancellationToken),
            Podcasts = await PodcastsAsync(snapshot, month, cancellationToken),
            // A month's sum per episode is in no rollup: which are the dearest is known in memory, or found out at length.
            Episodes = dearest is null
                ? await answers.GetAsync((nameof(StatementStore), month), () => EpisodesAsync(snapshot, month, null, cancellationToken))
                : await EpisodesAsync(snapshot, month, dearest, cancellationToken),
        };
    }

    // The nearest month with events on one side.
    private static async Task<Month?> NeighbourAsync(
        LedgerTransaction snapshot,
        string side,
        string order,
        Month month,
        CancellationToken cancellationToken
    )
    {
        var sql = $"select month from month_totals where month {side} @month and event_count > 0 order by month {order} limit 1";
        var day = await snapshot.Connection.QueryFirstOrDefaultAsync<DateOnly?>(
            new CommandDefinition(sql, new { month = month.FirstDay }, snapshot.Transaction, cancellationToken: cancellationToken)
        );
        return day is { } first ? Month.Of(first) : null;
    }

    private async Task<IReadOnlyList<StatementService>> ServicesAsync(LedgerTransaction snapshot, Month month, CancellationToken cancellationToken)
    {
        const string Sql = """
            select case when day >= @month then 1 else 0 end as is_now, service, sum(cost_usd) as cost_usd, cast(sum(event_count) as bigint) as event_count,
              cast(sum(unpriced_count) as bigint) as unpriced_count
            from day_cells where day between @before and @last group by 1, 2
            """;
        var dates = new
        {
            month = month.FirstDay,
            before = MonthBefore(month),
            last = month.LastDay,
        };
        var rows = (
            await snapshot.Connection.QueryAsync<ServiceRow>(
                new CommandDefinition(Sql, dates, snapshot.Transaction, cancellationToken: cancellationToken)
            )
        ).AsList();
        var before = rows.Where(row => row.IsNow == 0).ToDictionary(row => row.Service, row => row.CostUsd, StringComparer.Ordinal);
        return
        [
            .. rows.Where(row => row.IsNow == 1 && row.EventCount > 0)
                .OrderByDescending(row => row.CostUsd)
                .ThenBy(row => row.Service, StringComparer.Ordinal)
                .Select(row => new StatementService
                {
                    Service = row.Service,
                    Category = categories.Of(row.Service),
                    CostUsd = row.CostUsd,
                    BeforeUsd = before.GetValueOrDefault(row.Service),
                    EventCount = row.EventCount,
                    UnpricedCount = row.UnpricedCount,
                }),
        ];
    }

    private async Task<IReadOnlyList<StatementPodcast>> PodcastsAsync(LedgerTransaction snapshot, Month month, CancellationToken cancellationToken)
    {
        var sql = $"""
            select nullif(m.podcast_id, @none) as podcast_id, p.title, m.episode_count, m.cost_usd, m.event_count, b.cost_usd as before_usd
            from podcast_months m
            left join podcast_months b on b.podcast_id = m.podcast_id and b.month = @before
            left join podcasts p on p.id = m.podcast_id
            where m.month = @month and m.event_count > 0
            order by case when m.podcast_id = @none then 1 else 0 end, {database.OrderByAmount("m.cost_usd", descending: true)}, m.podcast_id
            """;
        var parameters = new
        {
            month = month.FirstDay,
            before = MonthBefore(month),
            none = Guid.Empty,
        };
        return (
            await snapshot.Connection.QueryAsync<StatementPodcast>(
                new CommandDefinition(sql, parameters, snapshot.Transaction, cancellationToken: cancellationToken)
            )
        ).AsList();
    }

    private async Task<IReadOnlyList<StatementEpisode>> EpisodesAsync(
        LedgerTransaction snapshot,
        Month month,
        IReadOnlyList<Guid>? some,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select s.episode_id, e.title, c.podcast_id, p.title as podcast_title, s.cost_usd, s.event_count
            from (
              select episode_id, sum(cost_usd) as cost_usd, cast(sum(event_count) as bigint) as event_count
              from episode_days where day between @first and @last and event_count > 0 {(
                some is null ? "" : "and " + database.IsAnyOf("episode_id", "@ids")
            )}
              group by episode_id
              order by {database.OrderByAmount("sum(cost_usd)", descending: true)}, episode_id limit @limit
            ) s
            left join episode_costs c on c.episode_id = s.episode_id
            left join episodes e on e.id = s.episode_id
            left join podcasts p on p.id = c.podcast_id
            order by {database.OrderByAmount("s.cost_usd", descending: true)}, s.episode_id
            """;
        var parameters = new
        {
            first = month.FirstDay,
            last = month.LastDay,
            limit = MostEpisodes,
            ids = database.List(some ?? []),
        };
        return (
            await snapshot.Connection.QueryAsync<StatementEpisode>(
                new CommandDefinition(sql, parameters, snapshot.Transaction, cancellationToken: cancellationToken)
            )
        ).AsList();
    }

    private static DateOnly MonthBefore(Month month) => month.FirstDay > DateOnly.MinValue ? month.FirstDay.AddMonths(-1) : month.FirstDay;

    private sealed record Totals
    {
        public DateOnly Month { get; init; }

        public long TotalEpisodes { get; init; }

        public decimal TotalCostUsd { get; init; }

        public long EventCount { get; init; }

        public long UnpricedCount { get; init; }

        public DateTimeOffset UpdatedAt { get; init; }
    }

    private sealed record ServiceRow
    {
        public long IsNow { get; init; }

        public string Service { get; init; } = "";

        public decimal CostUsd { get; init; }

        public long EventCount { get; init; }

        public long UnpricedCount { get; init; }
    }
}
