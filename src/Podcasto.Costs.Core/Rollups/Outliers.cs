namespace Podcasto.Costs.Core.Rollups;

/// <summary>Tells the costs that stand out from those that are like the others, by a rule that the ones that stand out cannot bend.</summary>
/// <remarks>
/// A cost stands out above the median + 5 × the median absolute deviation (MAD: the median of the distances from the median), and above
/// 1.5 × the median: where most costs are the same, every small difference would stand out otherwise. The median and the MAD stay where they
/// are while fewer than half of the costs go astray, which mean and standard deviation do not.
/// </remarks>
public sealed record Outliers
{
    /// <summary>How many deviations above the median a cost must lie.</summary>
    public const int Deviations = 5;

    /// <summary>How many times the median it must be, too.</summary>
    public const decimal LeastRatio = 1.5m;

    /// <summary>Of fewer costs nothing stands out: there is no telling what is usual.</summary>
    public const int FewestCosts = 8;

    /// <summary>US dollars; 0 without costs.</summary>
    public decimal MedianUsd { get; private init; }

    /// <summary>The median absolute deviation, US dollars.</summary>
    public decimal DeviationUsd { get; private init; }

    /// <summary>US dollars above which a cost stands out; null where there are fewer than <see cref="FewestCosts"/>.</summary>
    public decimal? LimitUsd { get; private init; }

    /// <summary>Applies the rule to costs.</summary>
    /// <param name="costsUsd">US dollars, zero or more each, in any order.</param>
    /// <returns>The limits; medians of an even number are the mean of the two in the middle.</returns>
    public static Outliers Of(IReadOnlyCollection<decimal> costsUsd)
    {
        ArgumentNullException.ThrowIfNull(costsUsd);
        var median = Median(costsUsd);
        var deviation = Median([.. costsUsd.Select(cost => Math.Abs(cost - median))]);
        return new Outliers
        {
            MedianUsd = median,
            DeviationUsd = deviation,
            LimitUsd = costsUsd.Count < FewestCosts ? null : Math.Max(median + Deviations * deviation, LeastRatio * median),
        };
    }

    /// <summary>Whether a cost stands out.</summary>
    public bool Contains(decimal costUsd) => costUsd > LimitUsd;

    private static decimal Median(IReadOnlyCollection<decimal> values)
    {
        if (values.Count == 0)
            return 0;
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
