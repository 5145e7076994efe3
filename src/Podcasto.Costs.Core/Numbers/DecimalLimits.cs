namespace Podcasto.Costs.Core.Numbers;

/// <summary>What values a decimal field takes; the limits apply to the value, so trailing zeros do not count.</summary>
/// <param name="Maximum">Largest value, inclusive; the smallest is zero.</param>
/// <param name="Decimals">Most digits after the point.</param>
public sealed record DecimalLimits(decimal Maximum, int Decimals)
{
    /// <summary>An event's quantity, and a metadata value that counts as a number: 0 to 10^12, at most 9 decimals.</summary>
    public static readonly DecimalLimits Quantity = new(1_000_000_000_000m, 9);

    /// <summary>US dollars for one unit, or for a price's block of units: 0 to 10^6, at most 15 decimals.</summary>
    public static readonly DecimalLimits UnitCost = new(1_000_000m, 15);
}
