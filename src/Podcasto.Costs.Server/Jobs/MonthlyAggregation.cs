using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Rollups.Audit;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Jobs;

/// <summary><c>aggregate-monthly</c>: proves a month's days, then the month itself, and says what it amounts to.</summary>
internal sealed class MonthlyAggregation(Database database, Reconciliation reconciliation) : IJobWork
{
    public string Kind => JobKinds.AggregateMonthly;

    public async Task<JobOutcome> RunAsync(JobOrder order, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        if (!Month.TryParse(order.Period, out var month))
            throw new JobException($"{order.Period} is no month.");
        var differences = 0;
        var days = month.LastDay.Day;
        for (var done = 0; done < days; done++)
        {
            progress.Report(new JobProgress("days", done, days, differences));
            differences += await reconciliation.DayAsync(month.FirstDay.AddDays(done), cancellationToken);
        }

        differences += await reconciliation.MonthAsync(month, cancellationToken);
        progress.Report(new JobProgress("days", days, days, differences));
        return (await Figures.OfMonthAsync(database, month, cancellationToken)).ToOutcome(differences);
    }
}
