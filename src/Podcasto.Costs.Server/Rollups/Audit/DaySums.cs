using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>What a day's events add to the rollups, as if they had all come in one batch.</summary>
internal sealed class DaySums(Database database, EventSums events, CategoryRules categories)
{
    /// <summary>Sums the day up.</summary>
    /// <param name="transaction">One state of the books.</param>
    /// <param name="day">The UTC day.</param>
    /// <param name="withNamings">Whether to look for the first event of each episode that names a podcast.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<RollupDelta> OfAsync(LedgerTransaction transaction, DateOnly day, bool withNamings, CancellationToken cancellationToken)
    {
        var sums = new RollupDelta(categories);
        var orphans = new List<EventGroup>();
        var namings = new Dictionary<Guid, DateTimeOffset>();
        await foreach (var group in events.OfDayAsync(transaction, day, cancellationToken))
        {
            if (group.IsOrphan)
                orphans.Add(group);
            else
                sums.Add(group.Sums, group.LastEventAt);
            if (group.Sums is { EpisodeId: { } episode, PodcastId: not null })
                namings[episode] = namings.TryGetValue(episode, out var first) && first < group.FirstEventAt ? first : group.FirstEventAt;
        }

        await AddAsync(sums, transaction, orphans, cancellationToken);
        if (withNamings && namings.Count > 0)
            await AddAsync(sums, transaction, day, namings, cancellationToken);
        return sums;
    }

    // Looked up by key rather than joined: most events name their podcast, and the catalog may be larger than the day.
    private async Task AddAsync(RollupDelta sums, LedgerTransaction transaction, List<EventGroup> orphans, CancellationToken cancellationToken)
    {
        var episodes = orphans.Select(group => group.Sums.EpisodeId!.Value);
        var podcasts = await CatalogPodcasts.OfAsync(database, transaction, episodes, cancellationToken);
        foreach (var (group, _, lastEventAt) in orphans)
            sums.Add(podcasts.TryGetValue(group.EpisodeId!.Value, out var podcast) ? group with { PodcastId = podcast } : group, lastEventAt);
    }

    // Of several events at the same earliest time the ids decide, so all of them are looked at.
    private async Task AddAsync(
        RollupDelta sums,
        LedgerTransaction transaction,
        DateOnly day,
        Dictionary<Guid, DateTimeOffset> namings,
        CancellationToken cancellationToken
    )
    {
        foreach (var (episode, naming) in await events.NamingsAtAsync(transaction, day, namings.Values.ToHashSet(), cancellationToken))
        {
            if (namings.TryGetValue(episode, out var first) && naming.Timestamp == first)
                sums.AddNaming(episode, naming);
        }
    }
}
