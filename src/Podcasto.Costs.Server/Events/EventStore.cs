using Dapper;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Events;

/// <summary>Reads the ledger.</summary>
internal sealed class EventStore(Database database)
{
    /// <summary>Events, newest first, of one instant by id.</summary>
    public async IAsyncEnumerable<EventView> ListAsync(EventFilter filter, EventPosition? after, long limit)
    {
        var sql = $"{StoredEvent.Select} {Where(filter, after)} order by e.timestamp desc, e.id limit @limit";
        var parameters = new DynamicParameters(filter);
        parameters.Add("limit", limit);
        if (after is { } position)
        {
            parameters.Add("at", position.Timestamp);
            parameters.Add("id", position.Id);
        }

        await using var connection = await database.OpenAsync(CancellationToken.None);
        await foreach (var row in connection.QueryUnbufferedAsync<StoredEvent>(sql, parameters, commandTimeout: 0))
            yield return row.ToView();
    }

    public async Task<EventView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<StoredEvent>(
            new CommandDefinition($"{StoredEvent.Select} where e.id = @id", new { id }, cancellationToken: cancellationToken)
        );
        return row?.ToView();
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
        conditions.AddIf(filter.From is not null, "e.timestamp >= @From");
        conditions.AddIf(filter.To is not null, "e.timestamp < @To");
        // The first half lets the index on the time find the page.
        conditions.AddIf(after is not null, "e.timestamp <= @at and (e.timestamp < @at or e.id > @id)");
        return conditions.Where;
    }
}
