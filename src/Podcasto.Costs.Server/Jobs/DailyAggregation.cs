using Podcasto.Costs.Server.Rollups.Audit;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Jobs;

/// <summary><c>aggregate-daily</c>: proves a day against its events, and says what it amounts to.</summary>
internal sealed class DailyAggregation(Database database, Reconciliation reconciliation) : IJobWork
{
    public string Kind => JobKinds.AggregateDaily;

    public async Task<JobOutcome> RunAsync(JobOrder order, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var day = SqliteText.ToDate(order.Period);
        progress.Report(new JobProgress("days", 0, 1));
        var differences = await reconciliation.DayAsync(day, cancellationToken);
        progress.Report(new JobProgress("days", 1, 1, differences));
        return (await Figures.OfDayAsync(database, day, cancellationToken)).ToOutcome(differences);
    }
}
