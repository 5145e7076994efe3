namespace Podcasto.Costs.Core.Rollups;

/// <summary>The dimensions that day rollups keep apart. Texts are empty, and ids <see cref="Guid.Empty"/>, where an event has none.</summary>
/// <param name="PodcastId">The effective podcast.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Service">What was used.</param>
/// <param name="EventType">The name of the event type.</param>
/// <param name="Model">The model.</param>
/// <param name="Region">The region.</param>
public readonly record struct CellKey(Guid PodcastId, DateOnly Day, string Service, string EventType, string Model, string Region)
{
    /// <summary>The cell that a contribution falls into.</summary>
    public static CellKey Of(in Contribution contribution) =>
        new(
            contribution.PodcastId ?? Guid.Empty,
            contribution.Day,
            contribution.Service,
            contribution.EventType,
            contribution.Model ?? "",
            contribution.Region ?? ""
        );

    /// <summary>The same cell of all podcasts together.</summary>
    public CellKey OfAllPodcasts() => this with { PodcastId = Guid.Empty };
}
