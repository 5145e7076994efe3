namespace Podcasto.Costs.Client.Pricing;

/// <summary>What a number of units of a service costs, over a span of time.</summary>
public sealed record PriceView
{
    /// <summary>Its id.</summary>
    public Guid Id { get; init; }

    /// <summary>A service, or one that ends in a star and covers all that start like it.</summary>
    public string Service { get; init; } = "";

    /// <summary>The region it holds for; null for any.</summary>
    public string? Region { get; init; }

    /// <summary>The model it holds for; null for any.</summary>
    public string? Model { get; init; }

    /// <summary>The unit that it prices.</summary>
    public string Unit { get; init; } = "";

    /// <summary>US dollars for <see cref="UnitQuantity"/> units.</summary>
    public decimal UnitCostUsd { get; init; }

    /// <summary>How many units the cost buys: a power of ten from 1 to 10^9.</summary>
    public long UnitQuantity { get; init; }

    /// <summary>First instant it applies to, inclusive, UTC.</summary>
    public DateTimeOffset EffectiveFrom { get; init; }

    /// <summary>First instant it no longer applies to, UTC; null while in force.</summary>
    public DateTimeOffset? EffectiveTo { get; init; }

    /// <summary>Where it comes from.</summary>
    public string? Notes { get; init; }

    /// <summary>When it was entered, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
