using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Core.Rollups;

/// <summary>What one event, or a group of events that share all dimensions, adds to the rollups; negative to take it away again.</summary>
public readonly record struct Contribution
{
    /// <summary>The episode; null for podcast-level and system-level operations.</summary>
    public Guid? EpisodeId { get; init; }

    /// <summary>The effective podcast; null where neither the event nor the catalog names one.</summary>
    public Guid? PodcastId { get; init; }

    /// <summary>The UTC day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>What was used.</summary>
    public string Service { get; init; }

    /// <summary>The name of the event type.</summary>
    public string EventType { get; init; }

    /// <summary>The model; null for none.</summary>
    public string? Model { get; init; }

    /// <summary>The region; null for none.</summary>
    public string? Region { get; init; }

    /// <summary>US dollars.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>How many events.</summary>
    public long EventCount { get; init; }

    /// <summary>How many of them nothing priced.</summary>
    public long UnpricedCount { get; init; }

    /// <summary>What they add to the usage metrics of the episode.</summary>
    public UsageMetrics Metrics { get; init; }

    /// <summary>What takes it away again.</summary>
    public Contribution Negated() =>
        this with
        {
            CostUsd = -CostUsd,
            EventCount = -EventCount,
            UnpricedCount = -UnpricedCount,
            Metrics = Metrics.Negated(),
        };

    /// <summary>What one event adds.</summary>
    /// <param name="priced">The event with its cost.</param>
    /// <param name="podcastId">Its effective podcast.</param>
    public static Contribution Of(PricedEvent priced, Guid? podcastId)
    {
        ArgumentNullException.ThrowIfNull(priced);
        var costEvent = priced.Event;
        return new Contribution
        {
            EpisodeId = costEvent.EpisodeId,
            PodcastId = podcastId,
            Day = costEvent.Day,
            Service = costEvent.Service,
            EventType = costEvent.Type.Name(),
            Model = costEvent.Model,
            Region = costEvent.Region,
            CostUsd = priced.TotalCostUsd,
            EventCount = 1,
            UnpricedCount = priced.PricedBy == PricedBy.None ? 1 : 0,
            Metrics = UsageMetrics.Of(costEvent),
        };
    }
}
