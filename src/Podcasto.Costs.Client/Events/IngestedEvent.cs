namespace Podcasto.Costs.Client.Events;

/// <summary>What became of one event.</summary>
public sealed record IngestedEvent
{
    /// <summary>Its id: the one sent, or the one that the system made.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>accepted</c>, or <c>duplicate</c> where the id was counted before: the values are then those of the stored event.</summary>
    public required string Status { get; init; }

    /// <summary>US dollars for one unit.</summary>
    public required decimal UnitCostUsd { get; init; }

    /// <summary>Quantity × unit cost, rounded once, half-even, to 12 decimals.</summary>
    public required decimal TotalCostUsd { get; init; }

    /// <summary><c>event</c>, <c>price</c> or <c>none</c>.</summary>
    public required string PricedBy { get; init; }
}
