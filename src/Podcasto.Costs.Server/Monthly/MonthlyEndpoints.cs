using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Monthly;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Monthly;

internal static class MonthlyEndpoints
{
    public static void MapMonthly(this IEndpointRouteBuilder routes)
    {
        var monthly = routes.MapGroup("/api/v1/monthly").WithTags("Monthly").RequireAuthorization(Policies.Read);
        monthly.MapGet("", List).WithName("ListMonths").WithSummary("Months with events, newest first").ProducesList<MonthlyCostView>("from", "to");
        monthly
            .MapGet("/{month}", Get)
            .WithName("GetMonth")
            .WithSummary("What one month cost, by group and podcast")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> List(HttpRequest request, MonthlyStore months, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request, "monthly", "from", "to");
        var (from, to) = (Bound(query, "from")?.FirstDay, Bound(query, "to")?.LastDay);
        query.Order(from, to);
        Month? before = null;
        if (query.After is [{ } text] && Month.TryParse(text, out var month))
            before = month;
        else if (query.After is not null)
            query.RefuseCursor();
        if (query.Refused is { } refused)
            return refused;
        var found = months.ListAsync(from, to, before, query.Fetch, cancellationToken);
        return await query.AnswerAsync(found, view => [new Month(view.Year, view.Month).ToString()]);
    }

    private static async Task<Results<Ok<MonthlyCostView>, ProblemHttpResult>> Get(
        string month,
        MonthlyStore months,
        CancellationToken cancellationToken
    )
    {
        if (!Month.TryParse(month, out var wanted))
            return Problems.Invalid("month", "must be a month, yyyy-MM");
        return await months.FindAsync(wanted, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound($"No event happened in {month}.");
    }

    // A month, or a day: then the month that it lies in.
    private static Month? Bound(ListQuery query, string name)
    {
        if (query.Text(name) is not { } text)
            return null;
        if (Month.TryParse(text, out var month))
            return month;
        return query.Date(name) is { } date ? Month.Of(date) : null;
    }
}
