namespace Podcasto.Costs.Server.Demo;

/// <summary>An episode of the demo before it is made.</summary>
/// <param name="Id">Of version 7.</param>
/// <param name="Podcast">Its podcast.</param>
/// <param name="PodcastId">The podcast's id.</param>
/// <param name="Title">Its title.</param>
/// <param name="StartsAt">When its making starts, UTC.</param>
/// <param name="Seconds">Of audio.</param>
internal sealed record EpisodePlan(Guid Id, DemoPodcast Podcast, Guid PodcastId, string Title, DateTimeOffset StartsAt, int Seconds)
{
    /// <summary>Whether its making went wrong and spoke the whole text again and again.</summary>
    public bool IsOutlier { get; init; }

    /// <summary>Characters that a guest voice speaks; 0 where there is none.</summary>
    public int GuestCharacters { get; init; }

    public DateTimeOffset PublishedAt => StartsAt.AddMinutes(55);
}
