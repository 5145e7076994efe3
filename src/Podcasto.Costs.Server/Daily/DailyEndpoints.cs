using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Daily;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Daily;

internal static class DailyEndpoints
{
    private const string Format = "yyyy-MM-dd";

    public static void MapDaily(this IEndpointRouteBuilder routes)
    {
        var daily = routes.MapGroup("/api/v1/daily").WithTags("Daily").RequireAuthorization(Policies.Read);
        daily.MapGet("", List).WithName("ListDays").WithSummary("Days with events, newest first").ProducesList<DailyCostView>("from", "to");
        daily.MapGet("/{date}", Get).WithName("GetDay").WithSummary("What one day cost").ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> List(HttpRequest request, DailyStore days)
    {
        var query = new ListQuery(request, "daily", "from", "to");
        var (from, to) = (query.Date("from"), query.Date("to"));
        query.Order(from, to);
        DateOnly? before = null;
        if (query.After is [{ } text] && DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            before = date;
        else if (query.After is not null)
            query.RefuseCursor();
        return query.Refused
            ?? await query.AnswerAsync(
                days.ListAsync(from, to, before, query.Fetch),
                day => [day.Date.ToString(Format, CultureInfo.InvariantCulture)]
            );
    }

    private static async Task<Results<Ok<DailyCostView>, ProblemHttpResult>> Get(string date, DailyStore days, CancellationToken cancellationToken)
    {
        if (!DateOnly.TryParseExact(date, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Problems.Invalid("date", $"must be a date, {Format}");
        return await days.FindAsync(day, cancellationToken) is { } view ? TypedResults.Ok(view) : Problems.NotFound($"No event happened on {date}.");
    }
}
