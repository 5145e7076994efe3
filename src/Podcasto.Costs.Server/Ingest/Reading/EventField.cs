namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>The fields of an event on the wire.</summary>
[Flags]
internal enum EventField
{
    None = 0,
    Id = 1,
    EventType = 1 << 1,
    Service = 1 << 2,
    Quantity = 1 << 3,
    Unit = 1 << 4,
    UnitCostUsd = 1 << 5,
    EpisodeId = 1 << 6,
    PodcastId = 1 << 7,
    UserId = 1 << 8,
    Metadata = 1 << 9,
    Timestamp = 1 << 10,

    // Answers carry these; they are ignored, so that an event read can be sent again.
    TotalCostUsd = 1 << 11,
    CreatedAt = 1 << 12,
    PricedBy = 1 << 13,
    PriceId = 1 << 14,
    Status = 1 << 15,

    Ignored = TotalCostUsd | CreatedAt | PricedBy | PriceId | Status,
}
