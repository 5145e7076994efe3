namespace Podcasto.Costs.Client.Events;

/// <summary>An event of the ledger.</summary>
public sealed record EventView
{
    /// <summary>Its id.</summary>
    public Guid Id { get; init; }

    /// <summary>The episode that it is charged to.</summary>
    public Guid? EpisodeId { get; init; }

    /// <summary>The effective podcast: its own, else that of its episode in the catalog.</summary>
    public Guid? PodcastId { get; init; }

    /// <summary>Who caused it.</summary>
    public Guid? UserId { get; init; }

    /// <summary>What kind of operation it was.</summary>
    public string EventType { get; init; } = "";

    /// <summary>What was used.</summary>
    public string Service { get; init; } = "";

    /// <summary>How many units.</summary>
    public decimal Quantity { get; init; }

    /// <summary>What the quantity counts.</summary>
    public string Unit { get; init; } = "";

    /// <summary>US dollars for one unit.</summary>
    public decimal UnitCostUsd { get; init; }

    /// <summary>Quantity × unit cost, rounded once, half-even, to 12 decimals.</summary>
    public decimal TotalCostUsd { get; init; }

    /// <summary>What its sender added; null for nothing.</summary>
    public System.Text.Json.JsonElement? Metadata { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>When it was stored, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>event</c>, <c>price</c> or <c>none</c>.</summary>
    public string PricedBy { get; init; } = "";

    /// <summary>The price that applied; null unless a price did.</summary>
    public Guid? PriceId { get; init; }
}
