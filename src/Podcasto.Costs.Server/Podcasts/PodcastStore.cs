using System.Runtime.CompilerServices;
using Dapper;
using Podcasto.Costs.Client.Podcasts;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Podcasts;

internal sealed class PodcastStore(Database database)
{
    // A whole month is kept per podcast; any other span is added up from its days.
    private const string OfMonth = """
        select podcast_id, cost_usd, episode_count, episode_cost_usd
        from podcast_months
        where month = @from and podcast_id <> @none and event_count > 0
        """;

    /// <summary>Podcasts with events in a span of days, dearest first.</summary>
    public async IAsyncEnumerable<PodcastCostView> ListAsync(
        DateOnly? from,
        DateOnly? to,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var isMonth = from is { } first && to is { } last && first == Month.Of(first).FirstDay && last == Month.Of(first).LastDay;
        var sql = $"""
            select s.podcast_id, p.title, s.cost_usd, s.episode_count, s.episode_cost_usd
            from ({(isMonth ? OfMonth : OfDays(from, to))}) s
            left join podcasts p on p.id = s.podcast_id
            order by {database.OrderByAmount("s.cost_usd", descending: true)}, s.podcast_id
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new
        {
            from,
            to,
            none = Guid.Empty,
        };
        await foreach (var row in connection.QueryUnbufferedAsync<Row>(sql, parameters).WithCancellation(cancellationToken))
            yield return row.ToView();
    }

    /// <summary>The same without their episodes: whole months of the span as they are kept, the days around them added up.</summary>
    public async Task<IReadOnlyList<PodcastCostView>> CostsAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var sql = $"""
            select s.podcast_id, p.title, s.cost_usd
            from (
              select podcast_id, sum(cost_usd) as cost_usd
              from (
                select podcast_id, cost_usd from podcast_months where month between @first and @last and event_count > 0
                union all
                select podcast_id, cost_usd from podcast_day_cells
                where (day between @from and @before or day between @after and @to) and event_count > 0
              ) c
              where podcast_id <> @none group by podcast_id
            ) s
            left join podcasts p on p.id = s.podcast_id
            order by {database.OrderByAmount("s.cost_usd", descending: true)}, s.podcast_id
            """;
        // The first and the last month that are in the span from their first day to their last; none where they cross.
        var first = from == Month.Of(from).FirstDay ? Month.Of(from) : Month.Of(After(Month.Of(from).LastDay));
        var last = to == Month.Of(to).LastDay ? Month.Of(to) : Month.Of(Before(Month.Of(to).FirstDay));
        var hasMonths = first.FirstDay <= last.FirstDay;
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new
        {
            from,
            to,
            first = first.FirstDay,
            last = last.FirstDay,
            before = hasMonths ? Before(first.FirstDay) : to,
            after = hasMonths ? After(last.LastDay) : After(to),
            none = Guid.Empty,
        };
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToView())];
    }

    private static DateOnly Before(DateOnly day) => day > DateOnly.MinValue ? day.AddDays(-1) : day;

    private static DateOnly After(DateOnly day) => day < DateOnly.MaxValue ? day.AddDays(1) : day;

    private static string OfDays(DateOnly? from, DateOnly? to)
    {
        var conditions = new Conditions();
        conditions.Add("podcast_id <> @none and event_count > 0");
        conditions.AddIf(from is not null, "day >= @from");
        conditions.AddIf(to is not null, "day <= @to");
        return $"""
            select c.podcast_id, c.cost_usd, coalesce(e.episode_count, 0) as episode_count, e.episode_cost_usd
            from (select podcast_id, sum(cost_usd) as cost_usd from podcast_day_cells {conditions.Where} group by podcast_id) c
            left join (
              select podcast_id, count(distinct episode_id) as episode_count, sum(cost_usd) as episode_cost_usd
              from episode_days {conditions.Where} group by podcast_id
            ) e on e.podcast_id = c.podcast_id
            """;
    }

    private sealed record Row
    {
        public Guid PodcastId { get; init; }

        public string? Title { get; init; }

        public decimal CostUsd { get; init; }

        public long EpisodeCount { get; init; }

        public decimal? EpisodeCostUsd { get; init; }

        public PodcastCostView ToView() =>
            new()
            {
                PodcastId = PodcastId,
                Title = Title,
                EpisodeCount = EpisodeCount,
                TotalCostUsd = CostUsd,
                AvgCostPerEpisodeUsd = ExactMath.Average(EpisodeCostUsd ?? 0, EpisodeCount),
            };
    }
}
