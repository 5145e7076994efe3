using System.Runtime.CompilerServices;
using Dapper;
using Podcasto.Costs.Client.Monthly;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Monthly;

internal sealed class MonthlyStore(Database database)
{
    // How many months one look at their podcasts serves: each may have very many.
    private const int MonthsInLook = 6;

    private const string Columns = """
        month as first_day, total_episodes, total_cost_usd, ai_total_usd, lambda_total_usd, storage_total_usd, email_total_usd, other_total_usd,
        created_at, updated_at
        """;

    /// <summary>Months with events, newest first.</summary>
    public async IAsyncEnumerable<MonthlyCostView> ListAsync(
        DateOnly? from,
        DateOnly? to,
        Month? before,
        long limit,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var conditions = new Conditions();
        conditions.AddIf(from is not null, "month >= @from");
        conditions.AddIf(to is not null, "month <= @to");
        conditions.AddIf(before is not null, "month < @before");
        var sql = $"select {Columns} from month_totals {conditions.Where} order by month desc limit @limit";
        var parameters = new
        {
            from = from is { } day ? Month.Of(day).FirstDay : (DateOnly?)null,
            to,
            before = before?.FirstDay,
            limit,
        };
        await using var connection = await database.OpenAsync(cancellationToken);
        var months = (
            await connection.QueryAsync<MonthTotals>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))
        ).AsList();
        foreach (var some in months.Chunk(MonthsInLook))
        {
            var podcasts = await PodcastsAsync(connection, some[^1].FirstDay, some[0].FirstDay, cancellationToken);
            foreach (var month in some)
                yield return month.ToView([.. podcasts[month.FirstDay]]);
        }
    }

    public ValueTask<MonthlyCostView?> FindAsync(Month month, CancellationToken cancellationToken) =>
        ListAsync(month.FirstDay, month.LastDay, null, 1, cancellationToken).FirstOrDefaultAsync(cancellationToken);

    private async Task<ILookup<DateOnly, PodcastMonthCost>> PodcastsAsync(
        System.Data.Common.DbConnection connection,
        DateOnly first,
        DateOnly last,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select month as first_day, podcast_id, episode_count, cost_usd
            from podcast_months
            where month between @first and @last and podcast_id <> @none and event_count > 0
            order by {database.OrderByAmount("cost_usd", descending: true)}, podcast_id
            """;
        var command = new CommandDefinition(
            sql,
            new
            {
                first,
                last,
                none = Guid.Empty,
            },
            cancellationToken: cancellationToken
        );
        var rows = await connection.QueryAsync<PodcastRow>(command);
        return rows.ToLookup(
            row => row.FirstDay,
            row => new PodcastMonthCost
            {
                PodcastId = row.PodcastId,
                EpisodeCount = row.EpisodeCount,
                TotalCostUsd = row.CostUsd,
            }
        );
    }

    private sealed record PodcastRow
    {
        public DateOnly FirstDay { get; init; }

        public Guid PodcastId { get; init; }

        public long EpisodeCount { get; init; }

        public decimal CostUsd { get; init; }
    }

    private sealed record MonthTotals
    {
        public DateOnly FirstDay { get; init; }

        public long TotalEpisodes { get; init; }

        public decimal TotalCostUsd { get; init; }

        public decimal AiTotalUsd { get; init; }

        public decimal LambdaTotalUsd { get; init; }

        public decimal StorageTotalUsd { get; init; }

        public decimal EmailTotalUsd { get; init; }

        public decimal OtherTotalUsd { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset UpdatedAt { get; init; }

        public MonthlyCostView ToView(IReadOnlyList<PodcastMonthCost> podcasts) =>
            new()
            {
                Year = FirstDay.Year,
                Month = FirstDay.Month,
                TotalEpisodes = TotalEpisodes,
                TotalPodcastsActive = podcasts.Count,
                TotalCostUsd = TotalCostUsd,
                AiTotalUsd = AiTotalUsd,
                LambdaTotalUsd = LambdaTotalUsd,
                StorageTotalUsd = StorageTotalUsd,
                EmailTotalUsd = EmailTotalUsd,
                OtherTotalUsd = OtherTotalUsd,
                PodcastCosts = podcasts,
                CreatedAt = CreatedAt,
                UpdatedAt = UpdatedAt,
            };
    }
}
