using Podcasto.Costs.Server.Jobs;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Works off the parts of one stage after the other, a few parts side by side, and tells how far it is.</summary>
/// <param name="lanes">How many parts side by side.</param>
/// <param name="found">Told of each difference, one at a time.</param>
/// <param name="progress">Told of each part.</param>
/// <param name="cancellationToken">Stops.</param>
internal sealed class AuditStages(int lanes, Action<Difference> found, IProgress<JobProgress> progress, CancellationToken cancellationToken)
{
    private readonly Lock _gate = new();

    /// <summary>How many differences there were so far.</summary>
    public int Differences { get; private set; }

    /// <summary>Runs a stage.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="total">How many there are about.</param>
    /// <param name="auditAsync">Compares, or repairs, a part.</param>
    public async Task RunAsync<TPart>(
        string stage,
        IAsyncEnumerable<TPart> parts,
        long total,
        Func<TPart, CancellationToken, Task<IReadOnlyList<Difference>>> auditAsync
    )
    {
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = lanes, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            parts,
            options,
            async (part, stop) =>
            {
                var differences = await auditAsync(part, stop);
                lock (_gate)
                {
                    Differences += differences.Count;
                    foreach (var difference in differences)
                        found(difference);
                    done++;
                    progress.Report(new JobProgress(stage, done, Math.Max(done, total), Differences));
                }
            }
        );
        progress.Report(new JobProgress(stage, done, done, Differences));
    }
}
