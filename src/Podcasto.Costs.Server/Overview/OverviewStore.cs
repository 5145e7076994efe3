using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Overview;

/// <summary>What the overview is made of; all of it from rollups.</summary>
internal sealed class OverviewStore(Database database, CategoryRules categories)
{
    /// <summary>What the days of a span cost, of all podcasts or one.</summary>
    public async Task<CostDays> DaysAsync(DateOnly from, DateOnly to, Guid? podcast, CancellationToken cancellationToken)
    {
        var sql = $"""
            select day, service, sum(cost_usd) as cost_usd, cast(sum(event_count) as bigint) as event_count,
              cast(sum(unpriced_count) as bigint) as unpriced_count
            from {(podcast is null ? "day_cells where" : "podcast_day_cells where podcast_id = @podcast and")} day between @from and @to
            group by day, service
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new
        {
            from,
            to,
            podcast,
        };
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        var days = new Dictionary<DateOnly, GroupCosts>();
        foreach (var row in rows)
        {
            if (!days.TryGetValue(row.Day, out var day))
                days.Add(row.Day, day = new GroupCosts());
            day.Add(new Tally(row.CostUsd, row.EventCount, row.UnpricedCount), categories.Of(row.Service).Group());
        }

        return new CostDays(days);
    }

    /// <summary>The latest day that has an event; null in an empty ledger.</summary>
    public async Task<DateOnly?> LatestDayAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        const string Sql = "select date from daily_cost_summary where event_count > 0 order by date desc limit 1";
        return await connection.QueryFirstOrDefaultAsync<DateOnly?>(new CommandDefinition(Sql, cancellationToken: cancellationToken));
    }

    private sealed record Row
    {
        public DateOnly Day { get; init; }

        public string Service { get; init; } = "";

        public decimal CostUsd { get; init; }

        public long EventCount { get; init; }

        public long UnpricedCount { get; init; }
    }
}
