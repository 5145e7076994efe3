using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Jobs;

namespace Podcasto.Costs.Server.Archive.Moving;

/// <summary><c>restore</c>: moves a month's archived events back into the database, and deletes its files.</summary>
internal sealed class RestoreWork(ArchiveIndex index, RowMover mover, FileRemoval files, ArchiveTurn turn) : IJobWork
{
    // One that was killed while it archived is brought back from where it was.
    private static readonly string[] Held = [ArchiveStates.Archiving, ArchiveStates.Archived, ArchiveStates.Restoring];

    public string Kind => JobKinds.Restore;

    public Task<JobOutcome> RunAsync(JobOrder order, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var month = JobMonth.Of(order);
        return JobMonth.RunAsync(() => turn.RunAsync(stop => RestoreAsync(month, progress, stop), cancellationToken));
    }

    private async Task<JobOutcome> RestoreAsync(Month month, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var moved = 0L;
        var cost = 0m;
        foreach (var file in await index.OfMonthAsync(month.FirstDay, cancellationToken))
        {
            if (Held.Contains(file.State))
                await index.SetStateAsync(file, Held, ArchiveStates.Restoring, cancellationToken);
            if (file.ArchivedFrom < file.ArchivedTo)
            {
                moved += await mover.RestoreAsync(file, progress, cancellationToken);
                cost += file.TotalCostUsd;
            }

            await files.RemoveAsync(file, cancellationToken);
        }

        return new JobOutcome(Events: moved, TotalCostUsd: cost);
    }
}
