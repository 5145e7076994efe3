using System.Text.Json;
using Dapper;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Events;

/// <summary>Reads the ledger.</summary>
internal sealed class EventStore(Database database)
{
    private const string Select = """
        select
          e.id, e.episode_id, coalesce(e.podcast_id, c.podcast_id) as podcast_id, e.user_id, e.event_type, e.service, e.quantity, e.unit,
          e.unit_cost_usd, e.total_cost_usd, e.metadata, e.timestamp, e.created_at, e.priced_by, e.price_id
        from cost_tracking_events e
        left join episodes c on c.id = e.episode_id
        """;

    /// <summary>Events, newest first, of one instant by id.</summary>
    public async IAsyncEnumerable<EventView> ListAsync(EventFilter filter, EventPosition? after, long limit)
    {
        var sql = $"{Select} {Where(filter, after)} order by e.timestamp desc, e.id limit @limit";
        var parameters = new DynamicParameters(filter);
        parameters.Add("limit", limit);
        if (after is { } position)
        {
            parameters.Add("at", position.Timestamp);
            parameters.Add("id", position.Id);
        }

        await using var connection = await database.OpenAsync(CancellationToken.None);
        await foreach (var row in connection.QueryUnbufferedAsync<Row>(sql, parameters, commandTimeout: 0))
            yield return row.ToView();
    }

    public async Task<EventView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition($"{Select} where e.id = @id", new { id }, cancellationToken: cancellationToken)
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

    private sealed record Row
    {
        public Guid Id { get; init; }

        public Guid? EpisodeId { get; init; }

        public Guid? PodcastId { get; init; }

        public Guid? UserId { get; init; }

        public string EventType { get; init; } = "";

        public string Service { get; init; } = "";

        public decimal Quantity { get; init; }

        public string Unit { get; init; } = "";

        public decimal UnitCostUsd { get; init; }

        public decimal TotalCostUsd { get; init; }

        public string? Metadata { get; init; }

        public DateTimeOffset Timestamp { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public string PricedBy { get; init; } = "";

        public Guid? PriceId { get; init; }

        public EventView ToView() =>
            new()
            {
                Id = Id,
                EpisodeId = EpisodeId,
                PodcastId = PodcastId,
                UserId = UserId,
                EventType = EventType,
                Service = Service,
                Quantity = Quantity,
                Unit = Unit,
                UnitCostUsd = UnitCostUsd,
                TotalCostUsd = TotalCostUsd,
                Metadata = Metadata is null ? null : JsonElement.Parse(Metadata),
                Timestamp = Timestamp,
                CreatedAt = CreatedAt,
                PricedBy = PricedBy,
                PriceId = PriceId,
            };
    }
}
