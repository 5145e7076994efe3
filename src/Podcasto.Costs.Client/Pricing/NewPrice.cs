namespace Podcasto.Costs.Client.Pricing;

/// <summary>A price to add.</summary>
public sealed record NewPrice
{
    /// <summary>A service, or one that ends in a star and covers all that start like it.</summary>
    public required string Service { get; init; }

    /// <summary>The region it holds for; null for any.</summary>
    public string? Region { get; init; }

    /// <summary>The model it holds for; null for any.</summary>
    public string? Model { get; init; }

    /// <summary>The unit that it prices.</summary>
    public required string Unit { get; init; }

    /// <summary>US dollars for <see cref="UnitQuantity"/> units; zero or more.</summary>
    public required decimal UnitCostUsd { get; init; }

    /// <summary>How many units the cost buys: a power of ten from 1, the default, to 10^9.</summary>
    public long UnitQuantity { get; init; } = 1;

    /// <summary>First instant it applies to, inclusive; now by default.</summary>
    public DateTimeOffset? EffectiveFrom { get; init; }

    /// <summary>First instant it no longer applies to; null for an open end.</summary>
    public DateTimeOffset? EffectiveTo { get; init; }

    /// <summary>Where it comes from.</summary>
    public string? Notes { get; init; }
}
