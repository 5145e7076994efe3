using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Jobs;

namespace Podcasto.Costs.Server.Archive.Moving;

/// <summary>
/// <c>archive</c>: moves a month's events out of the database. What a killed run left is finished first, then what has come since goes into
/// a file of its own.
/// </summary>
internal sealed class ArchiveWork(ArchiveIndex index, MonthWriter writer, RowMover mover, FileRemoval files, ArchiveTurn turn, TimeProvider clock)
    : IJobWork
{
    public string Kind => JobKinds.Archive;

    public Task<JobOutcome> RunAsync(JobOrder order, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var month = JobMonth.Of(order);
        if (!month.HasEnded(clock.GetUtcNow()))
            throw new JobException($"{month} has not ended: only whole months are archived.");
        return JobMonth.RunAsync(() => turn.RunAsync(stop => ArchiveAsync(month, progress, stop), cancellationToken));
    }

    private async Task<JobOutcome> ArchiveAsync(Month month, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var moved = 0L;
        var cost = 0m;
        foreach (var file in await index.OfMonthAsync(month.FirstDay, cancellationToken))
        {
            switch (file.State)
            {
                case ArchiveStates.Writing or ArchiveStates.Deleting:
                    await files.RemoveAsync(file, cancellationToken);
                    break;
                case ArchiveStates.Restoring:
                    throw new JobException($"{month} is being restored, and not done: run restore once more, then archive.");
                case ArchiveStates.Archiving:
                    moved += await MoveAsync(file);
                    break;
            }
        }

        if (await writer.WriteAsync(month, progress, cancellationToken) is { } written)
            moved += await MoveAsync(written);
        return new JobOutcome(Events: moved, TotalCostUsd: cost);

        async Task<long> MoveAsync(ArchiveFile file)
        {
            var count = await mover.ArchiveAsync(file, progress, cancellationToken);
            await index.SetStateAsync(file, [ArchiveStates.Archiving], ArchiveStates.Archived, cancellationToken);
            cost += file.TotalCostUsd;
            return count;
        }
    }
}
