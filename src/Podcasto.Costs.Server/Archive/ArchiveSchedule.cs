using Dapper;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive;

/// <summary>
/// Months older than <see cref="ArchiveOptions.RetentionMonths"/> that have events in the database. What came late for an archived month
/// gathers before it goes into a file of its own: thirty days for the second file, sixty for the third, and so on.
/// </summary>
internal sealed class ArchiveSchedule(Database database, ArchiveIndex index, IOptions<ArchiveOptions> options) : ISchedule
{
    // With it a month has about fifteen files after ten years of late events, rather than one for each day that had some.
    private const int DaysPerFile = 30;

    public async Task<IReadOnlyList<(string Kind, JobOrder Order)>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (options.Value.RetentionMonths is not { } retention)
            return [];
        var due = new List<(string, JobOrder)>();
        foreach (var month in await MonthsAsync(now, retention, cancellationToken))
        {
            var files = await index.OfMonthAsync(month.FirstDay, cancellationToken);
            if (IsDue(files, now) && await HasEventsAsync(month, cancellationToken))
                due.Add((JobKinds.Archive, new JobOrder(month.ToString())));
        }

        return due;
    }

    private static bool IsDue(IReadOnlyList<ArchiveFile> files, DateTimeOffset now)
    {
        // A restore that was killed is to be finished, not undone.
        if (files.Any(file => file.State == ArchiveStates.Restoring))
            return false;
        var whole = files.Where(file => file.State == ArchiveStates.Archived).ToList();
        return whole.Count < files.Count
            || whole.Count == 0
            || whole.Max(file => file.CreatedAt) + TimeSpan.FromDays(DaysPerFile * whole.Count) <= now;
    }

    private async Task<IReadOnlyList<Month>> MonthsAsync(DateTimeOffset now, int retention, CancellationToken cancellationToken)
    {
        const string Sql = "select month from month_totals where month < @kept order by month";
        var kept = Month.Of(DateOnly.FromDateTime(now.UtcDateTime)).FirstDay.AddMonths(-retention);
        await using var connection = await database.OpenAsync(cancellationToken);
        var months = await connection.QueryAsync<DateOnly>(new CommandDefinition(Sql, new { kept }, cancellationToken: cancellationToken));
        return [.. months.Select(Month.Of)];
    }

    private async Task<bool> HasEventsAsync(Month month, CancellationToken cancellationToken)
    {
        const string Sql = "select 1 from cost_tracking_events where timestamp >= @from and timestamp < @to limit 1";
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new { from = month.Start, to = month.End };
        return await connection.ExecuteScalarAsync<long?>(new CommandDefinition(Sql, parameters, cancellationToken: cancellationToken)) is not null;
    }
}
