using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Episodes;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Episodes;

internal static class EpisodeEndpoints
{
    private static readonly string[] Filters = ["podcast_id", "from", "to", "search", "sort"];

    public static void MapEpisodes(this IEndpointRouteBuilder routes)
    {
        var episodes = routes.MapGroup("/api/v1/episodes").WithTags("Episodes").RequireAuthorization(Policies.Read);
        episodes.MapGet("", List).WithName("ListEpisodes").WithSummary("What episodes have cost so far").ProducesList<EpisodeCostView>(Filters);
        episodes
            .MapGet("/{id}/costs", Get)
            .WithName("GetEpisodeCosts")
            .WithSummary("What one episode has cost so far")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> List(HttpRequest request, EpisodeStore episodes)
    {
        var query = new ListQuery(request, "episodes", Filters);
        var filter = new EpisodeFilter(query.Id("podcast_id"), query.Date("from"), query.Date("to"), query.Text("search"));
        query.Order(filter.From, filter.To);
        var sort = EpisodeSort.Of(query.OneOf("sort", EpisodeSort.Values));
        if (query.Refused is { } refused)
            return refused;
        try
        {
            var rows = episodes.ListAsync(filter, sort, query.After, query.Fetch);
            return await query.AnswerAsync(rows, episode => EpisodeSort.Key(sort, episode));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            query.RefuseCursor();
            return query.Refused!;
        }
    }

    private static async Task<Results<Ok<EpisodeCostView>, ProblemHttpResult>> Get(
        string id,
        EpisodeStore episodes,
        CancellationToken cancellationToken
    )
    {
        if (!Ids.TryParse(id, out var episode))
            return Problems.Invalid("id", "must be a UUID in 8-4-4-4-12 form");
        return await episodes.FindAsync(episode, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound($"The episode {episode:D} has no event.");
    }
}
