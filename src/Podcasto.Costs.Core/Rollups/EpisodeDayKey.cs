namespace Podcasto.Costs.Core.Rollups;

/// <summary>An episode's events of one day that count for one podcast.</summary>
/// <param name="EpisodeId">The episode.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="PodcastId">The effective podcast; <see cref="Guid.Empty"/> for none.</param>
public readonly record struct EpisodeDayKey(Guid EpisodeId, DateOnly Day, Guid PodcastId);
