using Podcasto.Costs.Client.Pricing;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Dashboard.Text;

namespace Podcasto.Costs.Server.Pricing;

/// <summary>What the audit log says of prices.</summary>
internal static class PriceAudit
{
    /// <summary>An entry a price, with the price that it closed and how that stood before; one entry for a whole start-up list.</summary>
    /// <param name="actor">Who adds them.</param>
    /// <param name="added">As they are stored.</param>
    /// <param name="history">Where they were added.</param>
    /// <param name="stored">The prices before, by id.</param>
    /// <param name="isStartUp">Whether this is the start-up list.</param>
    public static IEnumerable<AuditEntry> Of(
        Actor actor,
        IReadOnlyList<PriceView> added,
        PriceHistory history,
        IReadOnlyDictionary<Guid, PriceView> stored,
        bool isStartUp
    )
    {
        if (isStartUp)
            return [new AuditEntry(actor, AuditActions.AddPrice, $"{added.Count} prices of the start-up list", new { added.Count })];
        return added.Select(price => new AuditEntry(
            actor,
            AuditActions.AddPrice,
            $"{Describe(price)}: {MoneyText.Exact(price.UnitCostUsd)} for {NumberText.Of(price.UnitQuantity)}",
            new { before = Closed(price, history, stored), after = price }
        ));
    }

    private static PriceView? Closed(PriceView price, PriceHistory history, IReadOnlyDictionary<Guid, PriceView> stored) =>
        history.Closed.FirstOrDefault(closed => closed.EffectiveTo == price.EffectiveFrom && IsSameKey(closed, price)) is { } closed
        && stored.TryGetValue(closed.Id, out var before)
            ? before
            : null;

    private static bool IsSameKey(Price closed, PriceView price) =>
        (closed.Service, closed.Unit, closed.Model, closed.Region) == (price.Service, price.Unit, price.Model, price.Region);

    private static string Describe(PriceView price)
    {
        var of = string.Join(", ", new[] { price.Model, price.Region }.OfType<string>());
        return of.Length > 0 ? $"{price.Service} per {price.Unit} ({of})" : $"{price.Service} per {price.Unit}";
    }
}
