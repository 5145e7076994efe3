using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Goes over a scope part by part, beside a running server.</summary>
internal sealed class AuditRun(Database database, RollupAudit audit, ArchiveReader archive)
{
    // While one waits for the database, or for the ledger, another computes.
    private const int Lanes = 2;

    /// <summary>Compares, or repairs; hands over each difference as it is found.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RunAsync(
        AuditScope scope,
        bool repair,
        Action<Difference> found,
        IProgress<JobProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var stages = new AuditStages(Lanes, found, progress, cancellationToken);
        var days = await AuditDays.OfAsync(database, scope, cancellationToken);
        // Only all days together say all of what an episode costs.
        await using var spool = scope == AuditScope.Everything ? await EpisodeSpool.CreateAsync(database, cancellationToken) : null;
        await stages.RunAsync("days", days.ToAsyncEnumerable(), days.Count, (day, stop) => audit.DayAsync(day, repair, spool, stop));
        var months = days.Select(Month.Of).Distinct().ToList();
        await stages.RunAsync("months", months.ToAsyncEnumerable(), months.Count, (month, stop) => audit.MonthAsync(month, repair, stop));
        using var archived = new ArchivedEpisodes(archive);
        var (parts, count) = await EpisodesAsync(scope, spool, archived, cancellationToken);
        await stages.RunAsync("episodes", parts, count, (part, stop) => audit.EpisodesAsync(part, archived, repair, stop));
        return stages.Differences;
    }

    private async Task<(IAsyncEnumerable<EpisodePart> Parts, long Count)> EpisodesAsync(
        AuditScope scope,
        EpisodeSpool? spool,
        ArchivedEpisodes archived,
        CancellationToken cancellationToken
    )
    {
        if (scope.Episode is { } episode)
            return (new[] { new EpisodePart(new EpisodeRange(episode, episode), null) }.ToAsyncEnumerable(), 1);
        return spool is null
            ? (EpisodeParts.OfAsync(database, archived, cancellationToken), await EpisodeParts.CountAsync(database, cancellationToken))
            : (EpisodeParts.OfAsync(spool, cancellationToken), await EpisodeParts.CountAsync(spool, cancellationToken));
    }
}
