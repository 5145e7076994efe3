namespace Podcasto.Costs.Client.Podcasts;

/// <summary>What a podcast cost in a span of days.</summary>
public sealed record PodcastCostView
{
    /// <summary>The podcast.</summary>
    public Guid PodcastId { get; init; }

    /// <summary>Its title; null while the catalog knows none.</summary>
    public string? Title { get; init; }

    /// <summary>Its distinct episodes with an event in the span.</summary>
    public long EpisodeCount { get; init; }

    /// <summary>US dollars, podcast-level events included.</summary>
    public decimal TotalCostUsd { get; init; }

    /// <summary>The cost of its episode events / its episodes, half-even to 12 decimals; 0 without episodes.</summary>
    public decimal AvgCostPerEpisodeUsd { get; init; }
}
