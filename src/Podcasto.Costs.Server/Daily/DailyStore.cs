using Dapper;
using Podcasto.Costs.Client.Daily;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Daily;

internal sealed class DailyStore(Database database)
{
    private const string Columns = """
        date, total_episodes_processed, total_cost_usd, ai_cost_usd, lambda_cost_usd, storage_cost_usd, email_cost_usd, other_cost_usd,
        avg_cost_per_episode_usd, max_episode_cost_usd, most_expensive_episode_id, created_at, updated_at
        """;

    /// <summary>Days with events, newest first.</summary>
    public async IAsyncEnumerable<DailyCostView> ListAsync(DateOnly? from, DateOnly? to, DateOnly? before, long limit)
    {
        var conditions = new Conditions();
        conditions.AddIf(from is not null, "date >= @from");
        conditions.AddIf(to is not null, "date <= @to");
        conditions.AddIf(before is not null, "date < @before");
        var sql = $"select {Columns} from daily_cost_summary {conditions.Where} order by date desc limit @limit";
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await foreach (
            var day in connection.QueryUnbufferedAsync<DailyCostView>(
                sql,
                new
                {
                    from,
                    to,
                    before,
                    limit,
                }
            )
        )
            yield return day;
    }

    public async Task<DailyCostView?> FindAsync(DateOnly date, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var command = new CommandDefinition(
            $"select {Columns} from daily_cost_summary where date = @date",
            new { date },
            cancellationToken: cancellationToken
        );
        return await connection.QuerySingleOrDefaultAsync<DailyCostView>(command);
    }
}
