namespace Podcasto.Costs.Core.Events;

/// <summary>One cost-generating operation, as its sender told it: not yet priced.</summary>
public sealed record CostEvent
{
    /// <summary>The idempotency key: counted once, ever.</summary>
    public required Guid Id { get; init; }

    /// <summary>The episode that the cost is charged to, if any.</summary>
    public Guid? EpisodeId { get; init; }

    /// <summary>The event's own podcast; without one, its episode's in the catalog counts.</summary>
    public Guid? PodcastId { get; init; }

    /// <summary>Who caused it, if known.</summary>
    public Guid? UserId { get; init; }

    /// <summary>What kind of operation it was.</summary>
    public required EventType Type { get; init; }

    /// <summary>What was used: a <see cref="Slug"/>.</summary>
    public required string Service { get; init; }

    /// <summary>How many units; see <see cref="Numbers.DecimalLimits.Quantity"/>.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>What the quantity counts: a <see cref="Slug"/>.</summary>
    public required string Unit { get; init; }

    /// <summary>US dollars for one unit where the sender knows it; null to be priced by the price book.</summary>
    public decimal? UnitCostUsd { get; init; }

    /// <summary><c>metadata.model</c>; null where absent or empty.</summary>
    public string? Model { get; init; }

    /// <summary><c>metadata.region</c>; null where absent or empty.</summary>
    public string? Region { get; init; }

    /// <summary>What the metadata says of the event's size.</summary>
    public Usage Usage { get; init; }

    /// <summary>The metadata as compact UTF-8 JSON; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>When it happened: UTC, whole microseconds. Decides the price, the day and the month.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The UTC day that it counts for.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Timestamp.UtcDateTime);
}
