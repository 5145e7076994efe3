using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive.Storage;
using Podcasto.Costs.Server.Jobs;

namespace Podcasto.Costs.Server.Archive.Moving;

/// <summary><c>restore</c>: moves a month's archived events back into the database, and deletes its files.</summary>
internal sealed class RestoreWork(ArchiveIndex index, RowMover mover, IArchiveStorage storage, ArchiveTurn turn) : IJobWork
{
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
            if (file.ArchivedFrom < file.ArchivedTo)
            {
                await index.SetStateAsync(file, ArchiveStates.Restoring, cancellationToken);
                moved += await mover.RestoreAsync(file, progress, cancellationToken);
                cost += file.TotalCostUsd;
            }

            // The file first: one without its row would stay for ever.
            await storage.DeleteAsync(file.Path, cancellationToken);
            await storage.DeleteAsync(file.ManifestPath, cancellationToken);
            await index.DeleteAsync(file, cancellationToken);
        }

        return new JobOutcome(Events: moved, TotalCostUsd: cost);
    }
}
