namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>What an episode cost a podcast on a day, with what the catalog says of the episode.</summary>
internal sealed record EpisodeRow
{
    public DateOnly Day { get; init; }

    /// <summary>The zero UUID for none.</summary>
    public Guid PodcastId { get; init; }

    public Guid EpisodeId { get; init; }

    public decimal CostUsd { get; init; }

    public Guid? CatalogPodcastId { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public decimal? DurationSeconds { get; init; }
}

/// <summary>What the catalog says of an episode, in little room.</summary>
/// <param name="Podcast">The number of its podcast; -1 where the catalog does not know the episode.</param>
/// <param name="PublishedAt">Ticks, UTC; 0 where it is not known.</param>
/// <param name="Seconds">Of audio; -1 where it is not known.</param>
internal readonly record struct CatalogFacts(int Podcast, long PublishedAt, decimal Seconds);
