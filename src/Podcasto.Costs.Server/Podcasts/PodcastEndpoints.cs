using System.Globalization;
using Podcasto.Costs.Client.Podcasts;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Podcasts;

internal static class PodcastEndpoints
{
    public static void MapPodcasts(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/podcasts", List)
            .WithName("ListPodcasts")
            .WithSummary("What podcasts cost in a span of days, dearest first")
            .WithTags("Podcasts")
            .ProducesList<PodcastCostView>("from", "to")
            .RequireAuthorization(Policies.Read);

    private static async Task<IResult> List(HttpRequest request, PodcastStore podcasts, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request, "podcasts", "from", "to");
        var (from, to) = (query.Date("from"), query.Date("to"));
        query.Order(from, to);
        if (query.Refused is { } refused)
            return refused;
        return await query.AnswerAsync(
            podcasts.ListAsync(from, to, cancellationToken),
            podcast => [DecimalText.Format(podcast.TotalCostUsd), podcast.PodcastId.ToString("D")],
            IsAfter
        );
    }

    private static bool IsAfter(PodcastCostView podcast, IReadOnlyList<string?> key)
    {
        var cost = decimal.Parse(key[0]!, CultureInfo.InvariantCulture);
        return podcast.TotalCostUsd < cost || (podcast.TotalCostUsd == cost && podcast.PodcastId.CompareTo(Guid.ParseExact(key[1]!, "D")) > 0);
    }
}
