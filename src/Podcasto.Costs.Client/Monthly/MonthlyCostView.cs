namespace Podcasto.Costs.Client.Monthly;

/// <summary>What one UTC month cost.</summary>
public sealed record MonthlyCostView
{
    /// <summary>The year.</summary>
    public int Year { get; init; }

    /// <summary>The month, 1 to 12.</summary>
    public int Month { get; init; }

    /// <summary>Distinct episodes with an event that month.</summary>
    public long TotalEpisodes { get; init; }

    /// <summary>Podcasts with any event that month.</summary>
    public long TotalPodcastsActive { get; init; }

    /// <summary>US dollars, podcast-level and system-level events included.</summary>
    public decimal TotalCostUsd { get; init; }

    /// <summary>US dollars for text, image and speech models.</summary>
    public decimal AiTotalUsd { get; init; }

    /// <summary>US dollars for Lambda runs.</summary>
    public decimal LambdaTotalUsd { get; init; }

    /// <summary>US dollars for S3 operations and storage.</summary>
    public decimal StorageTotalUsd { get; init; }

    /// <summary>US dollars for e-mail.</summary>
    public decimal EmailTotalUsd { get; init; }

    /// <summary>US dollars for queues and everything else.</summary>
    public decimal OtherTotalUsd { get; init; }

    /// <summary>What each podcast cost, dearest first.</summary>
    public IReadOnlyList<PodcastMonthCost> PodcastCosts { get; init; } = [];

    /// <summary>When the month's first event arrived, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the month last changed, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
