using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>A month's sums from those of its days.</summary>
internal static class MonthSums
{
    public static async Task<IReadOnlyList<MonthRow>> OfMonthAsync(
        LedgerTransaction transaction,
        Month month,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        const string Days = """
            select
              ai_cost_usd, lambda_cost_usd, storage_cost_usd, email_cost_usd, other_cost_usd, episode_cost_usd, event_count, unpriced_count
            from daily_cost_summary where date between @first and @last
            """;
        const string Episodes = "select count(distinct episode_id) from episode_days where day between @first and @last and event_count > 0";
        var parameters = new { first = month.FirstDay, last = month.LastDay };
        var costs = new GroupCosts();
        foreach (var day in await QueryAsync<DaySums>(transaction, Days, parameters, cancellationToken))
            day.AddTo(costs);
        if (costs.EventCount == 0)
            return [];
        var episodes = await transaction.Connection.ExecuteScalarAsync<long>(Command(transaction, Episodes, parameters, cancellationToken));
        return [new MonthRow(month, costs, at) { EpisodeCount = episodes }];
    }

    public static async Task<IReadOnlyCollection<PodcastMonthRow>> OfPodcastsAsync(
        LedgerTransaction transaction,
        Month month,
        CancellationToken cancellationToken
    )
    {
        const string Cells = """
            select podcast_id, sum(cost_usd) as cost_usd, cast(sum(event_count) as bigint) as event_count
            from podcast_day_cells where day between @first and @last group by podcast_id
            """;
        const string Episodes = """
            select podcast_id, sum(cost_usd) as cost_usd, count(distinct episode_id) as episode_count
            from episode_days where day between @first and @last and event_count > 0 group by podcast_id
            """;
        var parameters = new { first = month.FirstDay, last = month.LastDay };
        var rows = (await QueryAsync<PodcastSums>(transaction, Cells, parameters, cancellationToken)).ToDictionary(
            sums => sums.PodcastId,
            sums => new PodcastMonthRow(sums.PodcastId, month) { CostUsd = sums.CostUsd, EventCount = sums.EventCount }
        );
        foreach (var sums in await QueryAsync<PodcastSums>(transaction, Episodes, parameters, cancellationToken))
        {
            if (!rows.TryGetValue(sums.PodcastId, out var row))
                continue;
            row.EpisodeCount = sums.EpisodeCount;
            row.EpisodeCostUsd = sums.CostUsd;
        }

        return rows.Values;
    }

    private static CommandDefinition Command(LedgerTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, transaction.Transaction, commandTimeout: 0, cancellationToken: cancellationToken);

    private static Task<IEnumerable<T>> QueryAsync<T>(
        LedgerTransaction transaction,
        string sql,
        object parameters,
        CancellationToken cancellationToken
    ) => transaction.Connection.QueryAsync<T>(Command(transaction, sql, parameters, cancellationToken));

    private sealed record DaySums
    {
        public decimal AiCostUsd { get; init; }

        public decimal LambdaCostUsd { get; init; }

        public decimal StorageCostUsd { get; init; }

        public decimal EmailCostUsd { get; init; }

        public decimal OtherCostUsd { get; init; }

        public decimal EpisodeCostUsd { get; init; }

        public long EventCount { get; init; }

        public long UnpricedCount { get; init; }

        public void AddTo(GroupCosts costs)
        {
            costs.Add(new Tally(AiCostUsd, EventCount, UnpricedCount), CategoryGroup.Ai);
            costs.Add(new Tally(LambdaCostUsd, 0, 0), CategoryGroup.Lambda);
            costs.Add(new Tally(StorageCostUsd, 0, 0), CategoryGroup.Storage);
            costs.Add(new Tally(EmailCostUsd, 0, 0), CategoryGroup.Email);
            costs.Add(new Tally(OtherCostUsd, 0, 0), CategoryGroup.Other);
            costs.AddEpisodeCost(EpisodeCostUsd);
        }
    }

    private sealed record PodcastSums
    {
        public Guid PodcastId { get; init; }

        public decimal CostUsd { get; init; }

        public long EventCount { get; init; }

        public long EpisodeCount { get; init; }
    }
}
