using System.Data.Common;
using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Monthly;

/// <summary>Months one after the other, as the page of months shows them; all of it from rollups.</summary>
internal sealed class MonthHistoryStore(Database database, CategoryRules categories)
{
    /// <summary>Months with events, newest first, of all podcasts or one.</summary>
    /// <param name="podcast">The podcast; null for all of them, and for what belongs to none.</param>
    /// <param name="before">Only earlier months; null for no bound.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<MonthFigures>> ListAsync(Guid? podcast, Month? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return podcast is { } id
            ? await OfPodcastAsync(connection, id, before, limit, cancellationToken)
            : await OfAllAsync(connection, before, limit, cancellationToken);
    }

    private static async Task<IReadOnlyList<MonthFigures>> OfAllAsync(
        DbConnection connection,
        Month? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select t.month, t.total_episodes as episode_count, t.ai_total_usd, t.lambda_total_usd, t.storage_total_usd, t.email_total_usd,
              t.other_total_usd, t.event_count, t.unpriced_count, (
                select count(*) from podcast_months p where p.month = t.month and p.podcast_id <> @none and p.event_count > 0
              ) as podcast_count
            from month_totals t where t.event_count > 0 {(before is null ? "" : "and t.month < @before")}
            order by t.month desc limit @limit
            """;
        var parameters = new
        {
            before = before?.FirstDay,
            limit,
            none = Guid.Empty,
        };
        var rows = await connection.QueryAsync<Totals>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToFigures())];
    }

    private async Task<IReadOnlyList<MonthFigures>> OfPodcastAsync(
        DbConnection connection,
        Guid podcast,
        Month? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select month, episode_count from podcast_months
            where podcast_id = @podcast and event_count > 0 {(before is null ? "" : "and month < @before")}
            order by month desc limit @limit
            """;
        var parameters = new
        {
            podcast,
            before = before?.FirstDay,
            limit,
        };
        var months = (
            await connection.QueryAsync<(DateOnly Month, long EpisodeCount)>(
                new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)
            )
        ).AsList();
        if (months.Count == 0)
            return [];
        var costs = await CostsAsync(connection, podcast, Month.Of(months[^1].Month), Month.Of(months[0].Month), cancellationToken);
        return
        [
            .. months.Select(month => new MonthFigures
            {
                Month = Month.Of(month.Month),
                Costs = costs.GetValueOrDefault(Month.Of(month.Month)) ?? new GroupCosts(),
                EpisodeCount = month.EpisodeCount,
                PodcastCount = 1,
            }),
        ];
    }

    private async Task<Dictionary<Month, GroupCosts>> CostsAsync(
        DbConnection connection,
        Guid podcast,
        Month first,
        Month last,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select {database.MonthOf("day")} as month, service, sum(cost_usd) as cost_usd, cast(sum(event_count) as bigint) as event_count,
              cast(sum(unpriced_count) as bigint) as unpriced_count
            from podcast_day_cells where podcast_id = @podcast and day between @from and @to
            group by 1, 2
            """;
        var parameters = new
        {
            podcast,
            from = first.FirstDay,
            to = last.LastDay,
        };
        var costs = new Dictionary<Month, GroupCosts>();
        foreach (var row in await connection.QueryAsync<Cell>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)))
        {
            if (!Month.TryParse(row.Month, out var month))
                continue;
            if (!costs.TryGetValue(month, out var sum))
                costs.Add(month, sum = new GroupCosts());
            sum.Add(new Tally(row.CostUsd, row.EventCount, row.UnpricedCount), categories.Of(row.Service).Group());
        }

        return costs;
    }

    private sealed record Cell
    {
        public string Month { get; init; } = "";

        public string Service { get; init; } = "";

        public decimal CostUsd { get; init; }

        public long EventCount { get; init; }

        public long UnpricedCount { get; init; }
    }

    private sealed record Totals
    {
        public DateOnly Month { get; init; }

        public long EpisodeCount { get; init; }

        public long PodcastCount { get; init; }

        public decimal AiTotalUsd { get; init; }

        public decimal LambdaTotalUsd { get; init; }

        public decimal StorageTotalUsd { get; init; }

        public decimal EmailTotalUsd { get; init; }

        public decimal OtherTotalUsd { get; init; }

        public long EventCount { get; init; }

        public long UnpricedCount { get; init; }

        public MonthFigures ToFigures()
        {
            var costs = new GroupCosts();
            costs.Add(new Tally(AiTotalUsd, EventCount, UnpricedCount), CategoryGroup.Ai);
            costs.Add(new Tally(LambdaTotalUsd, 0, 0), CategoryGroup.Lambda);
            costs.Add(new Tally(StorageTotalUsd, 0, 0), CategoryGroup.Storage);
            costs.Add(new Tally(EmailTotalUsd, 0, 0), CategoryGroup.Email);
            costs.Add(new Tally(OtherTotalUsd, 0, 0), CategoryGroup.Other);
            return new MonthFigures
            {
                Month = Core.Rollups.Month.Of(Month),
                Costs = costs,
                EpisodeCount = EpisodeCount,
                PodcastCount = PodcastCount,
            };
        }
    }
}
