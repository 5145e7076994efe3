using Dapper;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>
/// Days and months that have ended and whose tick has come: yesterday and last month, what was missed while no server ran, and what
/// events came late for.
/// </summary>
internal sealed class AggregationSchedule(Database database, JobStore jobs, IOptions<ScheduleOptions> options) : ISchedule
{
    // A batch is stamped a moment before it is committed.
    private static readonly TimeSpan Commit = TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<(string Kind, JobOrder Order)>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return [];
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var days = await ChangesAsync("select date as first_day, updated_at from daily_cost_summary", cancellationToken);
        days.TryAdd(today.AddDays(-1), DateTimeOffset.MinValue);
        var months = await ChangesAsync("select month as first_day, updated_at from month_totals", cancellationToken);
        months.TryAdd(Month.Of(today).FirstDay.AddMonths(-1), DateTimeOffset.MinValue);
        return
        [
            .. Due(
                JobKinds.AggregateDaily,
                days,
                day => day.AddDays(1),
                SqliteText.Of,
                await jobs.SuccessesAsync(JobKinds.AggregateDaily, cancellationToken),
                now
            ),
            .. Due(
                JobKinds.AggregateMonthly,
                months,
                day => day.AddMonths(1),
                day => Month.Of(day).ToString(),
                await jobs.SuccessesAsync(JobKinds.AggregateMonthly, cancellationToken),
                now
            ),
        ];
    }

    private IEnumerable<(string Kind, JobOrder Order)> Due(
        string kind,
        SortedDictionary<DateOnly, DateTimeOffset> changes,
        Func<DateOnly, DateOnly> end,
        Func<DateOnly, string> name,
        IReadOnlyDictionary<string, DateTimeOffset> successes,
        DateTimeOffset now
    )
    {
        var schedule = options.Value.Expression;
        foreach (var (period, changedAt) in changes)
        {
            var ended = new DateTimeOffset(end(period), TimeOnly.MinValue, TimeSpan.Zero);
            var changed = changedAt == DateTimeOffset.MinValue ? ended : changedAt + Commit;
            var tick = schedule.GetNextOccurrence(changed > ended ? changed : ended, TimeZoneInfo.Utc, inclusive: true);
            var order = new JobOrder(name(period));
            if (tick <= now && !(successes.TryGetValue(order.Period, out var last) && last >= tick))
                yield return (kind, order);
        }
    }

    private async Task<SortedDictionary<DateOnly, DateTimeOffset>> ChangesAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(DateOnly FirstDay, DateTimeOffset UpdatedAt)>(
            new CommandDefinition(sql, cancellationToken: cancellationToken)
        );
        return new SortedDictionary<DateOnly, DateTimeOffset>(rows.ToDictionary(row => row.FirstDay, row => row.UpdatedAt));
    }
}
