using Dapper;
using Podcasto.Costs.Client.Catalog;
using Podcasto.Costs.Server.Archive;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Storage;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Catalog;

/// <summary>Podcasts and episodes. An episode that is new, or moves, takes along what its events without a podcast of their own cost.</summary>
internal sealed class CatalogStore(Database database, Attribution attribution, ArchiveReader archive, TimeProvider clock)
{
    private const int MaxAttempts = 5;

    // How often a move waits for files that were archived meanwhile before it is made at all costs.
    private const int MaxFetches = 5;

    /// <summary>Adds or updates entries; when it returns, the rollups hold what changed.</summary>
    public async Task PutAsync(IReadOnlyList<PodcastEntry> podcasts, IReadOnlyList<EpisodeEntry> episodes, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await PutOnceAsync(podcasts, episodes, cancellationToken);
                return;
            }
            catch (Exception exception)
                when (attempt < MaxAttempts && (exception is ArchiveException { HasMoved: true } || database.IsTransient(exception)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 << attempt), clock, cancellationToken);
            }
        }
    }

    // Titles change beside ingestion; a podcast of an episode changes only with the ledger to itself, and files are fetched before that.
    private async Task PutOnceAsync(IReadOnlyList<PodcastEntry> podcasts, IReadOnlyList<EpisodeEntry> episodes, CancellationToken cancellationToken)
    {
        using var files = new HeldFiles(archive);
        var missing = await TryPutAsync(LedgerAccess.Shared, _ => true, podcasts, episodes, cancellationToken);
        for (var fetches = 1; missing is not null; fetches++)
        {
            await files.AddAsync(missing, cancellationToken);
            Func<IReadOnlyList<ArchiveFile>, bool> mayRead = fetches < MaxFetches ? files.Has : _ => true;
            missing = await TryPutAsync(LedgerAccess.Exclusive, mayRead, podcasts, episodes, cancellationToken);
        }
    }

    /// <returns>
    /// Null when it is done. Where a podcast would change, and the access is shared or files may not be read yet, nothing was written: the
    /// files that are needed.
    /// </returns>
    private async Task<IReadOnlyList<ArchiveFile>?> TryPutAsync(
        LedgerAccess access,
        Func<IReadOnlyList<ArchiveFile>, bool> mayRead,
        IReadOnlyList<PodcastEntry> podcasts,
        IReadOnlyList<EpisodeEntry> episodes,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await database.BeginAsync(access, cancellationToken);
        var known = await KnownAsync(transaction, episodes, access == LedgerAccess.Shared, cancellationToken);
        var moves = Moves(episodes, known);
        if (moves.Count > 0)
        {
            var files = await attribution.FilesOfAsync(transaction, moves, cancellationToken);
            if (access == LedgerAccess.Shared || !mayRead(files))
                return files;
        }

        var at = clock.GetUtcNow();
        var revision = episodes.Any(episode => HasChanged(episode, known))
            ? await LedgerCounter.EpisodeRevision.IncreaseAsync(transaction, cancellationToken)
            : 0;
        await transaction.RunAsync(
            database,
            [
                Upsert.Of(
                    CatalogTables.Podcasts,
                    [.. podcasts.OrderBy(podcast => podcast.Id).Select(podcast => new Stamped<PodcastEntry>(podcast, at))]
                ),
                Upsert.Of(CatalogTables.Episodes, [.. episodes.OrderBy(episode => episode.Id).Select(Revised)]),
            ],
            cancellationToken
        );
        await RecordTitlesAsync(transaction, podcasts, episodes, at, cancellationToken);
        await attribution.MoveAsync(transaction, moves, at, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;

        Stamped<EpisodeEntry> Revised(EpisodeEntry episode) =>
            new(episode, at) { Revision = HasChanged(episode, known) ? revision : known[episode.Id].Revision };
    }

    private async Task RecordTitlesAsync(
        LedgerTransaction transaction,
        IReadOnlyList<PodcastEntry> podcasts,
        IReadOnlyList<EpisodeEntry> episodes,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        await TitleHistory.RecordAsync(
            transaction,
            database,
            TitleTable.Podcasts,
            [.. podcasts.OrderBy(entry => entry.Id).Select(entry => Dated(entry.Id, entry.Title))],
            cancellationToken
        );
        await TitleHistory.RecordAsync(
            transaction,
            database,
            TitleTable.Episodes,
            [.. episodes.OrderBy(entry => entry.Id).Select(entry => Dated(entry.Id, entry.Title))],
            cancellationToken
        );

        DatedTitle Dated(Guid id, string title) =>
            new()
            {
                Id = id,
                ValidFrom = at,
                Title = title,
            };
    }

    // Under shared access the rows are locked as they are read, in the order of their ids: nobody moves them before the commit.
    private async Task<IReadOnlyDictionary<Guid, KnownEpisode>> KnownAsync(
        LedgerTransaction transaction,
        IReadOnlyList<EpisodeEntry> episodes,
        bool locking,
        CancellationToken cancellationToken
    )
    {
        if (episodes.Count == 0)
            return new Dictionary<Guid, KnownEpisode>();
        var sql = $"""
            select id, podcast_id, published_at, duration_seconds, revision
            from episodes where {database.IsAnyOf("id", "@ids")} order by id
            """;
        if (locking)
            sql += database.ForUpdate;
        var command = new CommandDefinition(
            sql,
            new { ids = database.List(episodes.Select(episode => episode.Id)) },
            transaction.Transaction,
            cancellationToken: cancellationToken
        );
        return (await transaction.Connection.QueryAsync<KnownEpisode>(command)).ToDictionary(row => row.Id);
    }

    private static IReadOnlyList<EpisodeMove> Moves(IReadOnlyList<EpisodeEntry> episodes, IReadOnlyDictionary<Guid, KnownEpisode> known) =>
        [
            .. episodes
                .Select(episode => new EpisodeMove(episode.Id, known.GetValueOrDefault(episode.Id)?.PodcastId, episode.PodcastId))
                .Where(move => move.From != move.To),
        ];

    // A title is read wherever it is shown; what sums are made with is held in memory, see EpisodeIndex.
    private static bool HasChanged(EpisodeEntry episode, IReadOnlyDictionary<Guid, KnownEpisode> known) =>
        known.GetValueOrDefault(episode.Id) is not { } before
        || (before.PodcastId, before.PublishedAt, before.DurationSeconds) != (episode.PodcastId, episode.PublishedAt, episode.DurationSeconds);

    private sealed record KnownEpisode
    {
        public Guid Id { get; init; }

        public Guid PodcastId { get; init; }

        public DateTimeOffset? PublishedAt { get; init; }

        public decimal? DurationSeconds { get; init; }

        public long Revision { get; init; }
    }
}
