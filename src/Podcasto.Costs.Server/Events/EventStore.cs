using System.Runtime.CompilerServices;
using Dapper;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Events;

/// <summary>Reads the ledger, the archived months included.</summary>
internal sealed class EventStore(Database database, ArchiveReader archive, ArchivedEventList archived, ArchivedPodcasts podcasts)
{
    /// <summary>Events, newest first, of one instant by id.</summary>
    public async IAsyncEnumerable<EventView> ListAsync(
        EventFilter filter,
        EventPosition? after,
        long limit,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
        var files = await ArchiveIndex.ReadableAsync(snapshot, null, null, cancellationToken);
        var months = ArchivedEventList.Months(files, filter, after);
        var live = LiveAsync(snapshot, filter, after, limit);
        if (months.Count == 0)
        {
            await foreach (var row in live.WithCancellation(cancellationToken))
                yield return row.ToView();
            yield break;
        }

        var count = 0L;
        await foreach (var row in MergeAsync(live, months, filter, after, limit, cancellationToken))
        {
            if (count++ == limit)
                yield break;
            yield return row.ToView();
        }
    }

    public async Task<EventView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
        var row = await snapshot.Connection.QuerySingleOrDefaultAsync<StoredEvent>(
            new CommandDefinition($"{StoredEvent.Select} where e.id = @id", new { id }, snapshot.Transaction, cancellationToken: cancellationToken)
        );
        return row?.ToView() ?? await FindArchivedAsync(snapshot, id, cancellationToken);
    }

    private async Task<EventView?> FindArchivedAsync(LedgerTransaction snapshot, Guid id, CancellationToken cancellationToken)
    {
        if (await ArchiveIndex.OfEventAsync(snapshot, id, cancellationToken) is not { } file)
            return null;
        using var events = await archive.OpenAsync([file], cancellationToken);
        var rows = events.Rows("where id = $id", new Dictionary<string, object> { ["id"] = id }, cancellationToken).ToAsyncEnumerable();
        return (await podcasts.AddToAsync(snapshot, rows, cancellationToken).SingleAsync(cancellationToken)).ToView();
    }

    // Both sides are in order. A month's file is opened only when the events of the table have come down to it.
    private async IAsyncEnumerable<StoredEvent> MergeAsync(
        IAsyncEnumerable<StoredEvent> live,
        IReadOnlyList<IReadOnlyList<ArchiveFile>> months,
        EventFilter filter,
        EventPosition? after,
        long limit,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // The snapshot's connection is busy with the table.
        await using var catalog = await database.BeginSnapshotAsync(cancellationToken);
        await using var newest = live.GetAsyncEnumerator(cancellationToken);
        var has = await newest.MoveNextAsync();
        foreach (var files in months)
        {
            for (var end = Month.Of(files[0].Month).End; has && newest.Current.Timestamp >= end; has = await newest.MoveNextAsync())
                yield return newest.Current;
            await foreach (var row in archived.ReadAsync(catalog, files, filter, after, limit, cancellationToken))
            {
                for (; has && StoredEvent.NewestFirst.Compare(newest.Current, row) < 0; has = await newest.MoveNextAsync())
                    yield return newest.Current;
                yield return row;
            }
        }

        for (; has; has = await newest.MoveNextAsync())
            yield return newest.Current;
    }

    private static IAsyncEnumerable<StoredEvent> LiveAsync(LedgerTransaction snapshot, EventFilter filter, EventPosition? after, long limit)
    {
        var sql = $"{StoredEvent.Select} {Where(filter, after)} order by e.timestamp desc, e.id limit @limit";
        var parameters = new DynamicParameters(filter);
        parameters.Add("limit", limit);
        if (after is { } position)
        {
            parameters.Add("at", position.Timestamp);
            parameters.Add("id", position.Id);
        }

        return snapshot.Connection.QueryUnbufferedAsync<StoredEvent>(sql, parameters, snapshot.Transaction, commandTimeout: 0);
    }

    private static string Where(EventFilter filter, EventPosition? after)
    {
        var conditions = new Conditions();
        conditions.AddIf(filter.EpisodeId is not null, "e.episode_id = @EpisodeId");
        // An event reaches its podcast by itself, or through its episode.
        conditions.AddIf(
            filter.PodcastId is not null,
            "(e.podcast_id = @PodcastId or (e.podcast_id is null and e.episode_id in (select id from episodes where podcast_id = @PodcastId)))"
        );
        conditions.AddIf(filter.Service is not null, "e.service = @Service");
        conditions.AddIf(filter.EventType is not null, "e.event_type = @EventType");
        conditions.AddIf(filter.Model is not null, "e.model = @Model");
        conditions.AddIf(filter.Region is not null, "e.region = @Region");
        conditions.AddIf(filter.PricedBy is not null, "e.priced_by = @PricedBy");
        // Said again in the words of the index on those events, so that the planner sees that it fits.
        conditions.AddIf(filter.PricedBy is not (null or "price"), "e.priced_by <> 'price'");
        conditions.AddIf(filter.From is not null, "e.timestamp >= @From");
        conditions.AddIf(filter.To is not null, "e.timestamp < @To");
        // The first half lets the index on the time find the page.
        conditions.AddIf(after is not null, "e.timestamp <= @at and (e.timestamp < @at or e.id > @id)");
        return conditions.Where;
    }
}
