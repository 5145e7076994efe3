namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>What distinct episodes cost.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="CostUsd">US dollars.</param>
/// <param name="TimedCostUsd">US dollars of those whose duration is known.</param>
/// <param name="DurationSeconds">Seconds of audio of those.</param>
internal sealed record EpisodeTally(long Count, decimal CostUsd, decimal TimedCostUsd, decimal DurationSeconds);

/// <summary>What the episodes of a span of days cost.</summary>
/// <param name="All">In the whole span, each episode counted once.</param>
/// <param name="Days">On each of its days with events.</param>
internal sealed record SpanTally(EpisodeTally All, IReadOnlyDictionary<DateOnly, EpisodeTally> Days);

/// <summary>A tally while it is added up.</summary>
internal struct RunningTally
{
    private long _count;
    private decimal _seconds;

    public decimal CostUsd { get; set; }

    public decimal TimedCostUsd { get; set; }

    /// <summary>An episode that is not in it yet.</summary>
    public void Count(in CatalogFacts facts)
    {
        _count++;
        if (facts.Seconds >= 0)
            _seconds += facts.Seconds;
    }

    public readonly EpisodeTally ToTally() => new(_count, CostUsd, TimedCostUsd, _seconds);
}
