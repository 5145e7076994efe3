namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>What the events of one charge have in common; two prices, or two names, never do.</summary>
internal readonly record struct FocusKey
{
    /// <summary>UTC.</summary>
    public DateOnly Day { get; init; }

    public Guid? EpisodeId { get; init; }

    /// <summary>As it was when the charge was made; null where the catalog never had one.</summary>
    public string? EpisodeTitle { get; init; }

    /// <summary>The effective podcast.</summary>
    public Guid? PodcastId { get; init; }

    /// <inheritdoc cref="EpisodeTitle"/>
    public string? PodcastTitle { get; init; }

    public string EventType { get; init; }

    public string Service { get; init; }

    public string Unit { get; init; }

    public string? Model { get; init; }

    public string? Region { get; init; }

    /// <summary>The price of the list; null where the events carried their own unit cost.</summary>
    public Guid? PriceId { get; init; }

    /// <summary>US dollars for one unit.</summary>
    public decimal UnitCostUsd { get; init; }
}
