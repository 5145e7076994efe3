namespace Podcasto.Costs.Client.Monthly;

/// <summary>What one podcast cost in a month.</summary>
public sealed record PodcastMonthCost
{
    /// <summary>The podcast.</summary>
    public Guid PodcastId { get; init; }

    /// <summary>Its distinct episodes with an event that month.</summary>
    public long EpisodeCount { get; init; }

    /// <summary>US dollars, podcast-level events included.</summary>
    public decimal TotalCostUsd { get; init; }
}
