using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Monthly;

/// <summary>What a month cost, of all podcasts or one.</summary>
internal sealed record MonthFigures
{
    /// <summary>The UTC month.</summary>
    public required Month Month { get; init; }

    /// <summary>By group, with the number of events and of those without a price.</summary>
    public required GroupCosts Costs { get; init; }

    /// <summary>Distinct episodes with an event in it.</summary>
    public required long EpisodeCount { get; init; }

    /// <summary>Podcasts with any event in it.</summary>
    public required long PodcastCount { get; init; }
}
