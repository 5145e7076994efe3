using System.Text.Json;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Server.Events;

/// <summary>An event as the ledger holds it: every column of <c>cost_tracking_events</c>, and what the catalog says of its episode.</summary>
internal sealed record StoredEvent
{
    /// <summary>The columns, of <c>cost_tracking_events e</c>.</summary>
    public const string Columns = """
        e.id, e.episode_id, e.podcast_id, e.user_id, e.price_id, e.timestamp, e.created_at, e.event_type, e.service, e.unit, e.priced_by,
        e.quantity, e.unit_cost_usd, e.total_cost_usd, e.model, e.region, e.tokens, e.duration_seconds, e.file_size_mb, e.metadata
        """;

    /// <summary>A <c>select</c> of all of them, with the catalog's podcast.</summary>
    public const string Select = $"""
        select {Columns}, c.podcast_id as catalog_podcast_id
        from cost_tracking_events e
        left join episodes c on c.id = e.episode_id
        """;

    /// <summary>The order of lists: newest first, of one instant by id.</summary>
    public static readonly IComparer<StoredEvent> NewestFirst = Comparer<StoredEvent>.Create(
        (left, right) => left.Timestamp != right.Timestamp ? right.Timestamp.CompareTo(left.Timestamp) : left.Id.CompareTo(right.Id)
    );

    /// <summary>The order of files: oldest first, of one instant by id.</summary>
    public static readonly IComparer<StoredEvent> OldestFirst = Comparer<StoredEvent>.Create(
        (left, right) => left.Timestamp != right.Timestamp ? left.Timestamp.CompareTo(right.Timestamp) : left.Id.CompareTo(right.Id)
    );

    public Guid Id { get; init; }

    public Guid? EpisodeId { get; init; }

    /// <summary>The event's own; see <see cref="EffectivePodcastId"/>.</summary>
    public Guid? PodcastId { get; init; }

    public Guid? CatalogPodcastId { get; init; }

    public Guid? UserId { get; init; }

    public Guid? PriceId { get; init; }

    public DateTimeOffset Timestamp { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string EventType { get; init; } = "";

    public string Service { get; init; } = "";

    public string Unit { get; init; } = "";

    public string PricedBy { get; init; } = "";

    public decimal Quantity { get; init; }

    public decimal UnitCostUsd { get; init; }

    public decimal TotalCostUsd { get; init; }

    public string? Model { get; init; }

    public string? Region { get; init; }

    public decimal? Tokens { get; init; }

    public decimal? DurationSeconds { get; init; }

    public decimal? FileSizeMb { get; init; }

    /// <summary>A JSON object; null for none.</summary>
    public string? Metadata { get; init; }

    /// <summary>The event's own podcast, else that of its episode in the catalog.</summary>
    public Guid? EffectivePodcastId => PodcastId ?? CatalogPodcastId;

    public EventView ToView() =>
        new()
        {
            Id = Id,
            EpisodeId = EpisodeId,
            PodcastId = EffectivePodcastId,
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
