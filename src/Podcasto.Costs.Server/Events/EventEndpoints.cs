using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Events;

internal static class EventEndpoints
{
    private static readonly string[] Filters = ["episode_id", "podcast_id", "service", "event_type", "model", "region", "priced_by", "from", "to"];
    private static readonly string[] PricedBy = ["event", "price", "none"];

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var events = routes
            .MapGroup("/api/v1/events")
            .WithTags("Events")
            .RequireAuthorization(Policies.Read)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        events.MapGet("", List).WithName("ListEvents").WithSummary("Events of the ledger, newest first").ProducesList<EventView>(Filters);
        events
            .MapGet("/{id}", Get)
            .WithName("GetEvent")
            .WithSummary("One event, with the price that applied")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> List(HttpRequest request, EventStore events)
    {
        var query = new ListQuery(request, "events", Filters);
        var filter = new EventFilter
        {
            EpisodeId = query.Id("episode_id"),
            PodcastId = query.Id("podcast_id"),
            Service = query.Text("service"),
            EventType = query.OneOf("event_type", [.. EventTypes.Names]),
            Model = query.Text("model"),
            Region = query.Text("region"),
            PricedBy = query.OneOf("priced_by", PricedBy),
            From = query.Instant("from"),
            To = query.Instant("to"),
        };
        query.Order(filter.From, filter.To);
        var after = EventPosition.Read(query.After);
        if (query.After is not null && after is null)
            query.RefuseCursor();
        return query.Refused
            ?? await query.AnswerAsync(
                events.ListAsync(filter, after, query.Fetch, request.HttpContext.RequestAborted),
                view => [WireJson.Format(view.Timestamp), view.Id.ToString("D")]
            );
    }

    private static async Task<Results<Ok<EventView>, ProblemHttpResult>> Get(string id, EventStore events, CancellationToken cancellationToken)
    {
        if (!Ids.TryParse(id, out var wanted))
            return Problems.Invalid("id", "must be a UUID in 8-4-4-4-12 form");
        return await events.FindAsync(wanted, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound($"No event has the id {wanted:D}.");
    }
}
