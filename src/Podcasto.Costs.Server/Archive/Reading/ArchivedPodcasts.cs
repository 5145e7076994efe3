using System.Runtime.CompilerServices;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>Gives archived rows what the catalog says of their episodes today, as a join would.</summary>
internal sealed class ArchivedPodcasts(Database database)
{
    // How many rows one look at the catalog serves.
    private const int RowsInLook = 500;

    /// <summary>The same rows, each with the catalog's podcast where it has none of its own.</summary>
    /// <param name="catalog">Nothing else reads from it meanwhile.</param>
    /// <param name="rows">Rows of files.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async IAsyncEnumerable<StoredEvent> AddToAsync(
        LedgerTransaction catalog,
        IAsyncEnumerable<StoredEvent> rows,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var chunk in rows.Chunk(RowsInLook).WithCancellation(cancellationToken))
        {
            var orphans = chunk.Where(row => row is { PodcastId: null, EpisodeId: not null }).Select(row => row.EpisodeId!.Value);
            var podcasts = await CatalogPodcasts.OfAsync(database, catalog, orphans, cancellationToken);
            foreach (var row in chunk)
                yield return row.EpisodeId is { } episode && podcasts.TryGetValue(episode, out var known)
                    ? row with
                    {
                        CatalogPodcastId = known,
                    }
                    : row;
        }
    }
}
