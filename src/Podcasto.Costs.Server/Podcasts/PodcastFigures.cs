using Podcasto.Costs.Client.Podcasts;
using Podcasto.Costs.Server.Dashboard.Filters;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Podcasts;

/// <summary>What podcasts cost in a period, for pages: counting distinct episodes takes long on a large ledger.</summary>
internal sealed class PodcastFigures(PodcastStore podcasts, SlowAnswers answers)
{
    /// <summary>Podcasts with events in the period, dearest first.</summary>
    public async Task<IReadOnlyList<PodcastCostView>> OfAsync(Period period, CancellationToken cancellationToken) =>
        await answers.GetAsync(
            (nameof(PodcastFigures), period.From, period.To),
            () => podcasts.ListAsync(period.From, period.To, cancellationToken).ToListAsync(cancellationToken).AsTask()
        );
}
