namespace Podcasto.Costs.Core.Rollups;

/// <summary>A cost and the events that it comes from.</summary>
/// <param name="CostUsd">US dollars.</param>
/// <param name="EventCount">How many events.</param>
/// <param name="UnpricedCount">How many of them nothing priced.</param>
public readonly record struct Tally(decimal CostUsd, long EventCount, long UnpricedCount)
{
    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => EventCount == 0;

    /// <summary>The sum of two.</summary>
    public static Tally operator +(Tally left, Tally right) =>
        new(left.CostUsd + right.CostUsd, left.EventCount + right.EventCount, left.UnpricedCount + right.UnpricedCount);

    /// <summary>The sum of two.</summary>
    public Tally Add(Tally other) => this + other;

    /// <summary>What a contribution adds.</summary>
    public static Tally Of(in Contribution contribution) => new(contribution.CostUsd, contribution.EventCount, contribution.UnpricedCount);
}
