using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>
/// What events cost their episodes. Days have been summed up before, so an episode is read again only where it has had events since:
/// where its days, which are right by now, count other events than the sums. Events are never taken back, so that equal counts are the same events.
/// </summary>
internal sealed class EpisodeSums(EventSums events)
{
    /// <summary>The episodes of a part that have events.</summary>
    public async Task<IReadOnlyCollection<EpisodeCost>> OfAsync(
        LedgerTransaction transaction,
        EpisodePart part,
        ArchivedEpisodes archived,
        CancellationToken cancellationToken
    )
    {
        var costs = part.Sums is null
            ? await events.OfEpisodesAsync(transaction, archived, part.Range, null, cancellationToken)
            : await UpToDateAsync(transaction, part.Range, part.Sums, archived, cancellationToken);
        var catalog = await ReadAsync<(Guid, Guid)>(
            transaction,
            "select id, podcast_id from episodes where id between @first and @last",
            part.Range,
            cancellationToken
        );
        foreach (var cost in costs.Values)
            cost.CatalogPodcastId = null;
        foreach (var (id, podcast) in catalog)
        {
            if (costs.TryGetValue(id, out var cost))
                cost.CatalogPodcastId = podcast;
        }

        return costs.Values;
    }

    private async Task<Dictionary<Guid, EpisodeCost>> UpToDateAsync(
        LedgerTransaction transaction,
        EpisodeRange range,
        IReadOnlyList<EpisodeCost> sums,
        ArchivedEpisodes archived,
        CancellationToken cancellationToken
    )
    {
        const string Counts = """
            select episode_id, cast(sum(event_count) as bigint)
            from episode_days where episode_id between @first and @last group by episode_id
            """;
        var costs = sums.ToDictionary(cost => cost.EpisodeId);
        var stale = costs.Keys.ToHashSet();
        foreach (var (episode, count) in await ReadAsync<(Guid, long)>(transaction, Counts, range, cancellationToken))
        {
            if (costs.TryGetValue(episode, out var cost) && cost.EventCount == count)
                stale.Remove(episode);
            else
                stale.Add(episode);
        }

        if (stale.Count == 0)
            return costs;
        var fresh = await events.OfEpisodesAsync(transaction, archived, range, stale, cancellationToken);
        foreach (var episode in stale)
        {
            if (fresh.TryGetValue(episode, out var cost))
                costs[episode] = cost;
            else
                costs.Remove(episode);
        }

        return costs;
    }

    private static Task<IEnumerable<T>> ReadAsync<T>(
        LedgerTransaction transaction,
        string sql,
        EpisodeRange range,
        CancellationToken cancellationToken
    )
    {
        var parameters = new { first = range.First, last = range.Last };
        return transaction.Connection.QueryAsync<T>(
            new CommandDefinition(sql, parameters, transaction.Transaction, commandTimeout: 0, cancellationToken: cancellationToken)
        );
    }
}
