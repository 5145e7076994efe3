namespace Podcasto.Costs.Client.Explorer;

/// <summary>What the events cost that have a period and some dimensions in common. A dimension that was not grouped by is null.</summary>
public sealed record CostCellView
{
    /// <summary>yyyy-MM-dd or yyyy-MM; null for a total.</summary>
    public string? Period { get; init; }

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

    /// <summary>US dollars.</summary>
    public required decimal TotalCostUsd { get; init; }

    /// <summary>How many events.</summary>
    public required long EventCount { get; init; }
}
