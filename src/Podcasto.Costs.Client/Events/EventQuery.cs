namespace Podcasto.Costs.Client.Events;

/// <summary>Which events; what is null does not narrow.</summary>
public sealed record EventQuery
{
    /// <summary>The episode that they are charged to.</summary>
    public Guid? EpisodeId { get; init; }

    /// <summary>Their effective podcast.</summary>
    public Guid? PodcastId { get; init; }

    /// <summary>What was used.</summary>
    public string? Service { get; init; }

    /// <summary>What kind of operation it was: one of <see cref="EventTypeNames"/>.</summary>
    public string? EventType { get; init; }

    /// <summary>The model in their metadata.</summary>
    public string? Model { get; init; }

    /// <summary>The region in their metadata.</summary>
    public string? Region { get; init; }

    /// <summary><c>event</c>, <c>price</c> or <c>none</c>.</summary>
    public string? PricedBy { get; init; }

    /// <summary>First instant, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Last instant, exclusive.</summary>
    public DateTimeOffset? To { get; init; }
}
