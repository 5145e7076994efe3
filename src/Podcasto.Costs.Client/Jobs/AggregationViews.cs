namespace Podcasto.Costs.Client.Jobs;

/// <summary>What an aggregation of a day did.</summary>
public sealed record DailyAggregationView
{
    /// <summary>The UTC day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Its events.</summary>
    public required long Events { get; init; }

    /// <summary>Episodes with an event that day.</summary>
    public required long Episodes { get; init; }

    /// <summary>US dollars.</summary>
    public required decimal TotalCostUsd { get; init; }

    /// <summary>Rollup rows that did not equal their events, and do now.</summary>
    public required long Differences { get; init; }

    /// <summary>Milliseconds.</summary>
    public required long TookMs { get; init; }
}

/// <summary>What an aggregation of a month did.</summary>
public sealed record MonthlyAggregationView
{
    /// <summary>yyyy-MM, UTC.</summary>
    public required string Month { get; init; }

    /// <summary>Its events.</summary>
    public required long Events { get; init; }

    /// <summary>Episodes with an event that month.</summary>
    public required long Episodes { get; init; }

    /// <summary>US dollars.</summary>
    public required decimal TotalCostUsd { get; init; }

    /// <summary>Rollup rows that did not equal their events, and do now.</summary>
    public required long Differences { get; init; }

    /// <summary>Milliseconds.</summary>
    public required long TookMs { get; init; }
}
