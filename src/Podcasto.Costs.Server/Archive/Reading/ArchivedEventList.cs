using System.Runtime.CompilerServices;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>The archived events of a filter, newest first, of one instant by id: month after month, each opened when it is reached.</summary>
internal sealed class ArchivedEventList(ArchiveReader reader, ArchivedPodcasts podcasts)
{
    // What one query may sort in memory; longer lists are read day by day.
    private const long MaxSorted = 10_000;

    /// <summary>The months that may have events of the filter, newest first.</summary>
    public static IReadOnlyList<IReadOnlyList<ArchiveFile>> Months(IReadOnlyList<ArchiveFile> files, EventFilter filter, EventPosition? after) =>
        [
            .. files
                .GroupBy(file => file.Month)
                .Where(month =>
                    Month.Of(month.Key) is var of
                    && (filter.From is not { } from || of.End > from)
                    && (filter.To is not { } to || of.Start < to)
                    && (after is not { } position || of.Start <= position.Timestamp)
                )
                .OrderByDescending(month => month.Key)
                .Select(month => month.ToList()),
        ];

    /// <summary>The events of one month.</summary>
    /// <param name="catalog">Where podcasts are looked up; nothing else reads from it meanwhile.</param>
    /// <param name="files">The month's.</param>
    /// <param name="filter">Which events.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="limit">How many, at most.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async IAsyncEnumerable<StoredEvent> ReadAsync(
        LedgerTransaction catalog,
        IReadOnlyList<ArchiveFile> files,
        EventFilter filter,
        EventPosition? after,
        long limit,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var events = await reader.OpenAsync(files, cancellationToken);
        var query = new ArchivedEventFilter(filter, after);
        if (filter.PodcastId is { } podcast)
            query.OfPodcast(podcast, await CatalogPodcasts.EpisodesOfAsync(catalog, podcast, cancellationToken));
        var rows = Rows(events, query, Month.Of(files[0].Month), limit, cancellationToken).ToAsyncEnumerable();
        await foreach (var row in podcasts.AddToAsync(catalog, rows, cancellationToken))
            yield return row;
    }

    private static IEnumerable<StoredEvent> Rows(
        ArchivedEvents events,
        ArchivedEventFilter query,
        Month month,
        long limit,
        CancellationToken cancellationToken
    )
    {
        const string Order = "order by timestamp desc, id";
        if (limit <= MaxSorted)
            return events.Rows($"{query.Where} {Order} limit {limit}", query.Parameters, cancellationToken);
        return Enumerable
            .Range(1, month.LastDay.Day)
            .Reverse()
            .SelectMany(day =>
                events.Rows($"{query.OfDay(new DateOnly(month.Year, month.Number, day))} {Order}", query.Parameters, cancellationToken)
            );
    }
}
