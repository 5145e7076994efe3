namespace Podcasto.Costs.Server.Pricing;

/// <summary>Section <c>Pricing</c>.</summary>
internal sealed class PricingOptions
{
    public const string Section = "Pricing";

    /// <summary>Whether an empty price table is filled from the start-up price list at first start.</summary>
    /// <value>Default true.</value>
    public bool Seed { get; init; } = true;
}
