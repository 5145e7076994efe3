using Dapper;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive;

/// <summary>Months older than <see cref="ArchiveOptions.RetentionMonths"/> that have events in the database, also such as came late.</summary>
internal sealed class ArchiveSchedule(Database database, IOptions<ArchiveOptions> options) : ISchedule
{
    public async Task<IReadOnlyList<(string Kind, JobOrder Order)>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (options.Value.RetentionMonths is not { } retention)
            return [];
        const string Months = "select month from month_totals where month < @kept order by month";
        const string HasEvents = "select 1 from cost_tracking_events where timestamp >= @from and timestamp < @to limit 1";
        var kept = Month.Of(DateOnly.FromDateTime(now.UtcDateTime)).FirstDay.AddMonths(-retention);
        var due = new List<(string, JobOrder)>();
        await using var connection = await database.OpenAsync(cancellationToken);
        var months = await connection.QueryAsync<DateOnly>(new CommandDefinition(Months, new { kept }, cancellationToken: cancellationToken));
        foreach (var month in months.AsList().Select(Month.Of))
        {
            var parameters = new { from = month.Start, to = month.End };
            var command = new CommandDefinition(HasEvents, parameters, cancellationToken: cancellationToken);
            if (await connection.ExecuteScalarAsync<long?>(command) is not null)
                due.Add((JobKinds.Archive, new JobOrder(month.ToString())));
        }

        return due;
    }
}
