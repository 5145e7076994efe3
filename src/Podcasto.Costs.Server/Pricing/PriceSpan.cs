using Podcasto.Costs.Client.Pricing;

namespace Podcasto.Costs.Server.Pricing;

/// <summary>How a price stands in time.</summary>
internal enum PriceAge
{
    Past,
    Current,
    Coming,
}

/// <summary>The span of time of prices, as pages show it.</summary>
internal static class PriceSpan
{
    public static PriceAge AgeAt(this PriceView price, DateTimeOffset now) =>
        price.EffectiveFrom > now ? PriceAge.Coming
        : price.EffectiveTo <= now ? PriceAge.Past
        : PriceAge.Current;
}
