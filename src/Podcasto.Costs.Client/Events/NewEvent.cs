using System.Text.Json.Nodes;

namespace Podcasto.Costs.Client.Events;

/// <summary>Something that was used and costs money. Handed to a tracker it must not be changed any more.</summary>
public sealed record NewEvent
{
    /// <summary>What it is counted once by, ever; null, the default: the tracker makes one, a UUID of version 7.</summary>
    public Guid? Id { get; init; }

    /// <summary>What kind of operation it was: one of <see cref="EventTypeNames"/>.</summary>
    public required string EventType { get; init; }

    /// <summary>What was used: a slug such as <c>gemini_text</c> or <c>s3_put</c>, at most 64 characters.</summary>
    public required string Service { get; init; }

    /// <summary>How many units: 0 to 10^12, at most 9 decimals.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>What the quantity counts: a slug such as <c>tokens</c> or <c>requests</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>US dollars for one unit, where the price list should not say: 0 to 10^6, at most 15 decimals.</summary>
    public decimal? UnitCostUsd { get; init; }

    /// <summary>The episode that it is charged to; where this and <see cref="PodcastId"/> are null, the scope's.</summary>
    public Guid? EpisodeId { get; init; }

    /// <summary>The podcast that it is charged to; where this and <see cref="EpisodeId"/> are null, the scope's.</summary>
    public Guid? PodcastId { get; init; }

    /// <summary>Who caused it.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Anything to keep with it, at most 16 KiB; <c>model</c> and <c>region</c> choose among prices.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>When it happened; now by default.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}
