using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Rollups;

/// <summary>Moves the rollups by a delta, in the transaction that stores or re-attributes its events.</summary>
internal sealed class RollupWriter(Database database, TimeProvider clock)
{
    // A batch of fewer episodes is live traffic, whose episodes are ranked at once: they are few, and are looked at.
    private const int ManyEpisodes = 500;

    /// <summary>Applies a delta.</summary>
    /// <remarks>
    /// The upsert of the episodes locks their rows, so whoever else adds to one of them waits until this transaction ends. After it the
    /// episode's days can be read back without a race, to see whether it is new to a day, a month or a podcast. The days themselves
    /// come before the lock: two transactions seldom write the same ones, and what one of them has added to an episode is counted by
    /// that one, after its own lock. Tables are always written in this order and rows in the order of their keys: transactions side
    /// by side never wait in a circle.
    /// </remarks>
    public async Task ApplyAsync(LedgerTransaction transaction, RollupDelta delta, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var stored = await EpisodeMonths.UpsertAndReadAsync(transaction, database, Upserts(delta, at), delta, cancellationToken);
        await transaction.RunAsync(database, new SummaryChanges(delta, at, stored).Upserts(), cancellationToken);
    }

    /// <summary>Applies a delta and ends the transaction.</summary>
    public async Task ApplyAndCommitAsync(LedgerTransaction transaction, RollupDelta delta)
    {
        var at = clock.GetUtcNow();
        var stored = await EpisodeMonths.UpsertAndReadAsync(transaction, database, Upserts(delta, at), delta, CancellationToken.None);
        await transaction.RunAndCommitAsync(database, new SummaryChanges(delta, at, stored).Upserts());
    }

    /// <summary>The first of them, for a delta of few episodes: the days of the episodes, then the episodes.</summary>
    public static IReadOnlyList<Upsert> EpisodeUpserts(RollupDelta delta, DateTimeOffset at) => EpisodeUpserts(delta, at, RollupTables.EpisodeCosts);

    // Where tables may lie on several machines, nobody ranks later.
    private IReadOnlyList<Upsert> Upserts(RollupDelta delta, DateTimeOffset at) =>
        EpisodeUpserts(
            delta,
            at,
            delta.Episodes.Count >= ManyEpisodes && database is PostgresDatabase { IsDistributed: false }
                ? RollupTables.UnrankedEpisodeCosts
                : RollupTables.EpisodeCosts
        );

    private static IReadOnlyList<Upsert> EpisodeUpserts(RollupDelta delta, DateTimeOffset at, UpsertTable<EpisodeCostRow> table)
    {
        var days = delta.EpisodeDays.Select(entry => new EpisodeDayRow(entry.Key, entry.Value)).ToArray();
        Array.Sort(days, static (left, right) => Compare(left.Key, right.Key));
        var episodes = delta.Episodes.Values.Select(episode => new EpisodeCostRow(episode, at)).ToArray();
        Array.Sort(episodes, static (left, right) => left.Cost.EpisodeId.CompareTo(right.Cost.EpisodeId));
        return [Upsert.Of(RollupTables.EpisodeDays, days), Upsert.Of(table, episodes)];
    }

    private static int Compare(EpisodeDayKey left, EpisodeDayKey right)
    {
        var order = left.EpisodeId.CompareTo(right.EpisodeId);
        if (order == 0)
            order = left.Day.CompareTo(right.Day);
        return order == 0 ? left.PodcastId.CompareTo(right.PodcastId) : order;
    }
}
