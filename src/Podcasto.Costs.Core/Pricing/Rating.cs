using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Numbers;

namespace Podcasto.Costs.Core.Pricing;

/// <summary>Gives events their cost.</summary>
public static class Rating
{
    /// <summary>The largest cost that one event may have, US dollars.</summary>
    public const decimal MaxEventCostUsd = 1_000_000_000m;

    /// <summary>Prices an event at its own timestamp: its own unit cost, else the best price of the book, else nothing.</summary>
    /// <returns>The event with its cost, or null where the cost exceeds <see cref="MaxEventCostUsd"/>.</returns>
    public static PricedEvent? Rate(CostEvent costEvent, PriceBook prices)
    {
        ArgumentNullException.ThrowIfNull(costEvent);
        ArgumentNullException.ThrowIfNull(prices);
        if (costEvent.UnitCostUsd is { } own)
            return Priced(costEvent, own, PricedBy.Event, null);
        return prices.Find(costEvent.Service, costEvent.Unit, costEvent.Model, costEvent.Region, costEvent.Timestamp) is { } price
            ? Priced(costEvent, price.CostOfOneUnitUsd, PricedBy.Price, price.Id)
            : new PricedEvent(costEvent, 0, 0, PricedBy.None, null);
    }

    private static PricedEvent? Priced(CostEvent costEvent, decimal unitCostUsd, PricedBy pricedBy, Guid? priceId)
    {
        // 10^12 units at 10^6 dollars are more than a decimal of 12 decimals holds: compare before multiplying exactly.
        if (unitCostUsd > 0 && costEvent.Quantity / 2 > MaxEventCostUsd / unitCostUsd)
            return null;
        var total = ExactMath.Cost(costEvent.Quantity, unitCostUsd);
        return total > MaxEventCostUsd ? null : new PricedEvent(costEvent, unitCostUsd, total, pricedBy, priceId);
    }
}
