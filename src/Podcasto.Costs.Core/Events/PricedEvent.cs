namespace Podcasto.Costs.Core.Events;

/// <summary>An event with its cost.</summary>
/// <param name="Event">What happened.</param>
/// <param name="UnitCostUsd">US dollars for one unit.</param>
/// <param name="TotalCostUsd">Quantity × unit cost, rounded once, half-even, to 12 decimals; at most 10^9.</param>
/// <param name="PricedBy">Where the unit cost came from.</param>
/// <param name="PriceId">The price that applied; null unless <paramref name="PricedBy"/> is <see cref="PricedBy.Price"/>.</param>
public sealed record PricedEvent(CostEvent Event, decimal UnitCostUsd, decimal TotalCostUsd, PricedBy PricedBy, Guid? PriceId);
