using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Which days a scope covers.</summary>
internal static class AuditDays
{
    public static async Task<IReadOnlyList<DateOnly>> OfAsync(Database database, AuditScope scope, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        if (scope.Episode is { } episode)
        {
            var sql = $"""
                select {database.DayOf("timestamp")} as day from cost_tracking_events where episode_id = @episode
                union select day from episode_days where episode_id = @episode
                """;
            return
            [
                .. (await connection.QueryAsync<DateOnly>(new CommandDefinition(sql, new { episode }, cancellationToken: cancellationToken))).Order(),
            ];
        }

        var bounds = $"""
            select min(day) as first, max(day) as last from (
              select {database.DayOf("min(timestamp)")} as day from cost_tracking_events
              union all select {database.DayOf("max(timestamp)")} from cost_tracking_events
              union all select min(month) from archive_files union all select {database.LastDayOf("max(month)")} from archive_files
              union all select min(day) from episode_days union all select max(day) from episode_days
              union all select min(day) from day_cells union all select max(day) from day_cells
              union all select min(day) from podcast_day_cells union all select max(day) from podcast_day_cells
              union all select min(date) from daily_cost_summary union all select max(date) from daily_cost_summary
            ) days
            """;
        var (first, last) = await connection.QuerySingleAsync<(DateOnly?, DateOnly?)>(
            new CommandDefinition(bounds, cancellationToken: cancellationToken)
        );
        if (first is null || last is null)
            return [];
        var from = scope.From > first ? scope.From.Value : first.Value;
        var to = scope.To < last ? scope.To.Value : last.Value;
        return to < from ? [] : [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays)];
    }
}
