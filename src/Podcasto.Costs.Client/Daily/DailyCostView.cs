namespace Podcasto.Costs.Client.Daily;

/// <summary>What one UTC day cost.</summary>
public sealed record DailyCostView
{
    /// <summary>The day.</summary>
    public DateOnly Date { get; init; }

    /// <summary>Distinct episodes with an event that day.</summary>
    public long TotalEpisodesProcessed { get; init; }

    /// <summary>US dollars, podcast-level and system-level events included.</summary>
    public decimal TotalCostUsd { get; init; }

    /// <summary>US dollars for text, image and speech models.</summary>
    public decimal AiCostUsd { get; init; }

    /// <summary>US dollars for Lambda runs.</summary>
    public decimal LambdaCostUsd { get; init; }

    /// <summary>US dollars for S3 operations and storage.</summary>
    public decimal StorageCostUsd { get; init; }

    /// <summary>US dollars for e-mail.</summary>
    public decimal EmailCostUsd { get; init; }

    /// <summary>US dollars for queues and everything else.</summary>
    public decimal OtherCostUsd { get; init; }

    /// <summary>The cost of the day's episode events / its episodes, half-even to 12 decimals; 0 without episodes.</summary>
    public decimal AvgCostPerEpisodeUsd { get; init; }

    /// <summary>What the dearest episode cost that day.</summary>
    public decimal MaxEpisodeCostUsd { get; init; }

    /// <summary>The dearest episode of the day; of equals the smaller id. Null without episodes.</summary>
    public Guid? MostExpensiveEpisodeId { get; init; }

    /// <summary>When the day's first event arrived, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the day last changed, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
