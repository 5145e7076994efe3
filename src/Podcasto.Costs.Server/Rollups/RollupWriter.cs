using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Rollups;

/// <summary>Moves the rollups by a delta, in the transaction that stores or re-attributes its events.</summary>
internal sealed class RollupWriter(Database database, TimeProvider clock)
{
    /// <summary>Applies a delta.</summary>
    /// <remarks>
    /// The first upsert locks the rows of the episodes, so whoever else adds to one of them waits until this transaction ends.
    /// The episode's days can therefore be read back without a race, to see whether it is new to a day, a month or a podcast.
    /// Tables are always written in this order and rows in the order of their keys: transactions side by side never wait in a circle.
    /// </remarks>
    public async Task ApplyAsync(LedgerTransaction transaction, RollupDelta delta, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var stored = await EpisodeMonths.UpsertAndReadAsync(transaction, database, EpisodeUpserts(delta, at), delta, cancellationToken);
        await transaction.RunAsync(database, new SummaryChanges(delta, at, stored).Upserts(), cancellationToken);
    }

    /// <summary>Applies a delta and ends the transaction.</summary>
    public async Task ApplyAndCommitAsync(LedgerTransaction transaction, RollupDelta delta)
    {
        var at = clock.GetUtcNow();
        var stored = await EpisodeMonths.UpsertAndReadAsync(transaction, database, EpisodeUpserts(delta, at), delta, CancellationToken.None);
        await transaction.RunAndCommitAsync(database, new SummaryChanges(delta, at, stored).Upserts());
    }

    /// <summary>The first of them: the episodes, and their days.</summary>
    public static IReadOnlyList<Upsert> EpisodeUpserts(RollupDelta delta, DateTimeOffset at)
    {
        var episodes = delta.Episodes.Values.OrderBy(episode => episode.EpisodeId).Select(episode => new EpisodeCostRow(episode, at)).ToList();
        var episodeDays = delta
            .EpisodeDays.OrderBy(entry => entry.Key.EpisodeId)
            .ThenBy(entry => entry.Key.Day)
            .ThenBy(entry => entry.Key.PodcastId)
            .Select(entry => new EpisodeDayRow(entry.Key, entry.Value))
            .ToList();
        return [Upsert.Of(RollupTables.EpisodeCosts, episodes), Upsert.Of(RollupTables.EpisodeDays, episodeDays)];
    }
}
