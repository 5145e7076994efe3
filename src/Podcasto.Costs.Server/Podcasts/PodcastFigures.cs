using Podcasto.Costs.Client.Podcasts;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Server.Dashboard.Filters;
using Podcasto.Costs.Server.Rollups.Index;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Podcasts;

/// <summary>What podcasts cost in a period, for pages: distinct episodes are counted in memory, where the period is not too long for it.</summary>
internal sealed class PodcastFigures(PodcastStore podcasts, EpisodeIndex index, SlowAnswers answers)
{
    private static readonly EpisodeTally NoEpisodes = new(0, 0, 0, 0);

    /// <summary>Podcasts with events in the period, dearest first.</summary>
    public async Task<IReadOnlyList<PodcastCostView>> OfAsync(Period period, CancellationToken cancellationToken)
    {
        if (await index.ReadAsync(nameof(PodcastFigures), period.From, period.To, span => span.ByPodcast(), cancellationToken) is { } episodes)
            return
            [
                .. (await podcasts.CostsAsync(period.From, period.To, cancellationToken)).Select(podcast =>
                    WithEpisodes(podcast, episodes.GetValueOrDefault(podcast.PodcastId, NoEpisodes))
                ),
            ];
        return await answers.GetAsync(
            (nameof(PodcastFigures), period.From, period.To),
            () => podcasts.ListAsync(period.From, period.To, cancellationToken).ToListAsync(cancellationToken).AsTask()
        );
    }

    private static PodcastCostView WithEpisodes(PodcastCostView podcast, EpisodeTally tally) =>
        podcast with
        {
            EpisodeCount = tally.Count,
            AvgCostPerEpisodeUsd = ExactMath.Average(tally.CostUsd, tally.Count),
        };
}
