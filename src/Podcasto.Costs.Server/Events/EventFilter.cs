using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Events;

/// <summary>Which events a list holds; null does not filter.</summary>
internal sealed record EventFilter
{
    public Guid? EpisodeId { get; init; }

    public Guid? PodcastId { get; init; }

    public string? Service { get; init; }

    public string? EventType { get; init; }

    public string? Model { get; init; }

    public string? Region { get; init; }

    public string? PricedBy { get; init; }

    /// <summary>First instant, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Last instant, exclusive.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>Where a page of events ended.</summary>
internal readonly record struct EventPosition(DateTimeOffset Timestamp, Guid Id)
{
    /// <summary>The position of a cursor's key; null where the key is none of events.</summary>
    public static EventPosition? Read(IReadOnlyList<string?>? key) =>
        key is [{ } at, { } id] && Rfc3339.TryParse(at, out var timestamp) && Ids.TryParse(id, out var last)
            ? new EventPosition(timestamp, last)
            : null;
}
