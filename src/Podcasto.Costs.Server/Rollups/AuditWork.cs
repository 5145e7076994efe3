using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Rollups.Audit;

namespace Podcasto.Costs.Server.Rollups;

/// <summary><c>verify</c> finds where rollups do not equal their events; <c>rebuild</c> makes them equal.</summary>
/// <param name="kind">One of the two.</param>
/// <param name="audit">Goes over the rollups.</param>
/// <param name="found">Told of each difference.</param>
internal sealed class AuditWork(string kind, AuditRun audit, Action<Difference> found) : IJobWork
{
    public string Kind => kind;

    public async Task<JobOutcome> RunAsync(JobOrder order, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var scope = new AuditScope(order.From, order.To, order.EpisodeId);
        var count = await audit.RunAsync(scope, repair: kind == JobKinds.Rebuild, found, progress, cancellationToken);
        return new JobOutcome(Differences: count);
    }
}
