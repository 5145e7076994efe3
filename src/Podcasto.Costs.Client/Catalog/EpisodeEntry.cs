namespace Podcasto.Costs.Client.Catalog;

/// <summary>An episode of the catalog.</summary>
public sealed record EpisodeEntry
{
    /// <summary>The episode.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its podcast; may be one that the catalog does not know yet.</summary>
    public required Guid PodcastId { get; init; }

    /// <summary>1 to 500 characters.</summary>
    public required string Title { get; init; }

    /// <summary>When it was published, UTC.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Seconds of audio.</summary>
    public decimal? DurationSeconds { get; init; }
}
