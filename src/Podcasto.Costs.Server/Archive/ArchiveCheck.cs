using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Monthly;

namespace Podcasto.Costs.Server.Archive;

/// <summary>Only a month that has ended can be archived, and only one that has events.</summary>
internal sealed class ArchiveCheck(MonthlyStore months, TimeProvider clock) : IJobCheck
{
    public string Kind => JobKinds.Archive;

    public async Task<ProblemHttpResult?> RefuseAsync(JobOrder order, CancellationToken cancellationToken)
    {
        if (!Month.TryParse(order.Period, out var month))
            return Problems.Invalid("/month", "must be yyyy-MM");
        if (!month.HasEnded(clock.GetUtcNow()))
            return Problems.Invalid("/month", "must have ended: only whole months are archived");
        return await months.FindAsync(month, cancellationToken) is null ? Problems.NotFound($"{month} has no events.") : null;
    }
}

/// <summary>Only a month that has archived events can be restored.</summary>
internal sealed class RestoreCheck(ArchiveIndex index) : IJobCheck
{
    public string Kind => JobKinds.Restore;

    public async Task<ProblemHttpResult?> RefuseAsync(JobOrder order, CancellationToken cancellationToken)
    {
        if (!Month.TryParse(order.Period, out var month))
            return Problems.Invalid("/month", "must be yyyy-MM");
        return (await index.OfMonthAsync(month.FirstDay, cancellationToken)).Count == 0
            ? Problems.NotFound($"{month} has no archived events.")
            : null;
    }
}
