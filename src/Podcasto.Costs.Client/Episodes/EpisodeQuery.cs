namespace Podcasto.Costs.Client.Episodes;

/// <summary>Which episodes, in which order; what is null does not narrow.</summary>
public sealed record EpisodeQuery
{
    /// <summary>Their podcast.</summary>
    public Guid? PodcastId { get; init; }

    /// <summary>First UTC day of their latest event, inclusive.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last UTC day of their latest event, inclusive.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Text in their title.</summary>
    public string? Search { get; init; }

    /// <summary>A column, with <c>-</c> before it for descending; <c>-total_cost_usd</c> by default.</summary>
    public string? Sort { get; init; }
}
