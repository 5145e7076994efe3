using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Monthly;

/// <summary>All that a month's statement says, beside the same figures of the month before.</summary>
public sealed record MonthStatement
{
    /// <summary>The UTC month.</summary>
    public required Month Month { get; init; }

    /// <summary>The last month with events before it; null for none.</summary>
    public required Month? Earlier { get; init; }

    /// <summary>The next month with events; null for none.</summary>
    public required Month? Later { get; init; }

    /// <summary>US dollars, podcast-level and system-level events included.</summary>
    public required decimal TotalCostUsd { get; init; }

    /// <summary>US dollars of the month before; 0 where it has no event.</summary>
    public required decimal TotalBeforeUsd { get; init; }

    /// <summary>Distinct episodes with an event.</summary>
    public required long EpisodeCount { get; init; }

    /// <summary>How many events.</summary>
    public required long EventCount { get; init; }

    /// <summary>How many of them nothing priced.</summary>
    public required long UnpricedCount { get; init; }

    /// <summary>When the month last changed, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What each service cost, dearest first.</summary>
    public required IReadOnlyList<StatementService> Services { get; init; }

    /// <summary>What each podcast cost, dearest first, and what belongs to none.</summary>
    public required IReadOnlyList<StatementPodcast> Podcasts { get; init; }

    /// <summary>The most expensive episodes, by what they cost in this month.</summary>
    public required IReadOnlyList<StatementEpisode> Episodes { get; init; }

    /// <summary>How many podcasts have an event.</summary>
    public long PodcastCount => Podcasts.LongCount(podcast => podcast.PodcastId is not null && podcast.EventCount > 0);
}

/// <summary>A service's line.</summary>
public sealed record StatementService
{
    /// <summary>The service.</summary>
    public string Service { get; init; } = "";

    /// <summary>Where its cost goes.</summary>
    public Category Category { get; init; }

    /// <summary>US dollars.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>US dollars of the month before.</summary>
    public decimal BeforeUsd { get; init; }

    /// <summary>How many events.</summary>
    public long EventCount { get; init; }

    /// <summary>How many of them nothing priced.</summary>
    public long UnpricedCount { get; init; }
}

/// <summary>A podcast's line.</summary>
public sealed record StatementPodcast
{
    /// <summary>The podcast; null for what belongs to none.</summary>
    public Guid? PodcastId { get; init; }

    /// <summary>Its title; null while the catalog knows none.</summary>
    public string? Title { get; init; }

    /// <summary>Its distinct episodes with an event.</summary>
    public long EpisodeCount { get; init; }

    /// <summary>US dollars, podcast-level events included.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>US dollars of the month before.</summary>
    public decimal BeforeUsd { get; init; }

    /// <summary>How many events.</summary>
    public long EventCount { get; init; }
}

/// <summary>An episode's line.</summary>
public sealed record StatementEpisode
{
    /// <summary>The episode.</summary>
    public Guid EpisodeId { get; init; }

    /// <summary>Its title; null while the catalog knows none.</summary>
    public string? Title { get; init; }

    /// <summary>Its podcast in this month; null for none.</summary>
    public Guid? PodcastId { get; init; }

    /// <summary>The podcast's title; null while the catalog knows none.</summary>
    public string? PodcastTitle { get; init; }

    /// <summary>US dollars in this month.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>How many events in this month.</summary>
    public long EventCount { get; init; }
}
