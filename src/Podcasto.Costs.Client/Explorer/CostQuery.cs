namespace Podcasto.Costs.Client.Explorer;

/// <summary>Which costs, and by what they are added up; what is null does not narrow.</summary>
public sealed record CostQuery
{
    /// <summary>First UTC day, inclusive.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last UTC day, inclusive.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Any of <c>service</c>, <c>category</c>, <c>event_type</c>, <c>podcast_id</c>, <c>episode_id</c>, <c>model</c>, <c>region</c>; none by default.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary><c>day</c> (default), <c>month</c> or <c>total</c>.</summary>
    public string? Granularity { get; init; }

    /// <summary>What was used.</summary>
    public string? Service { get; init; }

    /// <summary>The category of what was used.</summary>
    public string? Category { get; init; }

    /// <summary>What kind of operation it was.</summary>
    public string? EventType { get; init; }

    /// <summary>The effective podcast.</summary>
    public Guid? PodcastId { get; init; }

    /// <summary>The episode.</summary>
    public Guid? EpisodeId { get; init; }

    /// <summary>The model.</summary>
    public string? Model { get; init; }

    /// <summary>The region.</summary>
    public string? Region { get; init; }
}
