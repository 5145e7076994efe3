using Podcasto.Costs.Client.Pricing;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Dashboard.Filters;
using Podcasto.Costs.Server.Dashboard.Text;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Pricing;

/// <summary>Prices in words.</summary>
internal static class PriceWords
{
    /// <summary>A price by its key and its span of time.</summary>
    public static string Of(Price price)
    {
        var of = string.Join(", ", new[] { price.Model, price.Region }.OfType<string>());
        var until = price.EffectiveTo is { } end ? WireJson.Format(end) : "further notice";
        return $"the price of {price.Service} per {price.Unit}{(of.Length > 0 ? $" ({of})" : "")} from {WireJson.Format(price.EffectiveFrom)} until {until}";
    }

    /// <summary>Where it stands, marked, on the page of prices.</summary>
    public static string Address(PriceView price) =>
        $"{PageAddress.Of("/prices", ("service", price.Service), ("price", price.Id.ToString("D")))}#price-{price.Id:D}";

    /// <summary>As providers quote: $0.005 per 1,000 requests.</summary>
    public static string Quote(decimal unitCostUsd, long unitQuantity, string unit) =>
        unitQuantity == 1
            ? $"{MoneyText.Exact(unitCostUsd)} per {Singular(unit)}"
            : $"{MoneyText.Exact(unitCostUsd)} per {NumberText.Of(unitQuantity)} {Plain(unit)}";

    /// <inheritdoc cref="Quote(decimal, long, string)"/>
    public static string Quote(PriceView price) => Quote(price.UnitCostUsd, price.UnitQuantity, price.Unit);

    /// <summary>For one unit: $0.000005. Exact, because the quantity is a power of ten.</summary>
    public static string PerUnit(PriceView price) => MoneyText.Exact(DecimalText.Normalize(price.UnitCostUsd / price.UnitQuantity));

    /// <summary>What of a service it holds for: a model, a region, both, or all of it.</summary>
    public static string Scope(string? model, string? region) =>
        (model, region) switch
        {
            (null, null) => "every model and region",
            ({ } one, null) => one,
            (null, { } one) => one,
            var (left, right) => $"{left} · {right}",
        };

    // Slugs read as words: GB seconds, input tokens.
    private static string Plain(string unit) =>
        string.Join(' ', unit.Split('_').Select(word => word is "gb" or "mb" or "tb" ? word.ToUpperInvariant() : word));

    private static string Singular(string unit) =>
        unit.Length > 2 && unit.EndsWith('s') && !unit.EndsWith("ss", StringComparison.Ordinal) ? Plain(unit[..^1]) : Plain(unit);
}
