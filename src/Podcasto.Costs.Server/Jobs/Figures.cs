using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>What a closed period amounts to.</summary>
internal sealed record Figures
{
    public long Events { get; init; }

    public long Episodes { get; init; }

    public decimal TotalCostUsd { get; init; }

    public static Task<Figures> OfDayAsync(Database database, DateOnly day, CancellationToken cancellationToken) =>
        ReadAsync(
            database,
            "select event_count as events, total_episodes_processed as episodes, total_cost_usd from daily_cost_summary where date = @day",
            new { day },
            cancellationToken
        );

    public static Task<Figures> OfMonthAsync(Database database, Month month, CancellationToken cancellationToken) =>
        ReadAsync(
            database,
            "select event_count as events, total_episodes as episodes, total_cost_usd from month_totals where month = @month",
            new { month = month.FirstDay },
            cancellationToken
        );

    public JobOutcome ToOutcome(int differences) => new(Events, Episodes, TotalCostUsd, differences);

    private static async Task<Figures> ReadAsync(Database database, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Figures>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return row ?? new Figures();
    }
}
