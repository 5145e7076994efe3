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
    // Of periods without events; others are closed however long ago they were.
    private const int MaxMissed = 400;

    // A batch is stamped a moment before it is committed.
    private static readonly TimeSpan Commit = TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<(string Kind, JobOrder Order)>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return [];
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var month = Month.Of(today).FirstDay;
        var days = await ChangesAsync("select date as first_day, updated_at from daily_cost_summary", cancellationToken);
        var closedDays = await jobs.SuccessesAsync(JobKinds.AggregateDaily, cancellationToken);
        AddMissed(days, closedDays, SqliteText.Of, day => day.AddDays(-1), today);
        var months = await ChangesAsync("select month as first_day, updated_at from month_totals", cancellationToken);
        var closedMonths = await jobs.SuccessesAsync(JobKinds.AggregateMonthly, cancellationToken);
        AddMissed(months, closedMonths, NameOfMonth, day => day.AddMonths(-1), month);
        return
        [
            .. Due(JobKinds.AggregateDaily, days, day => day.AddDays(1), SqliteText.Of, closedDays, now),
            .. Due(JobKinds.AggregateMonthly, months, day => day.AddMonths(1), NameOfMonth, closedMonths, now),
        ];

        static string NameOfMonth(DateOnly day) => Month.Of(day).ToString();
    }

    // Back to the last period that was closed, also those without an event: theirs may be what a lost rollup looks like.
    private static void AddMissed(
        SortedDictionary<DateOnly, DateTimeOffset> changes,
        IReadOnlyDictionary<string, DateTimeOffset> closed,
        Func<DateOnly, string> name,
        Func<DateOnly, DateOnly> before,
        DateOnly current
    )
    {
        var period = before(current);
        changes.TryAdd(period, DateTimeOffset.MinValue);
        if (closed.Count == 0)
            return;
        var first = closed.Keys.Min(StringComparer.Ordinal);
        for (var missed = 0; missed < MaxMissed && !closed.ContainsKey(name(period)) && string.CompareOrdinal(name(period), first) > 0; missed++)
        {
            changes.TryAdd(period, DateTimeOffset.MinValue);
            period = before(period);
        }
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
