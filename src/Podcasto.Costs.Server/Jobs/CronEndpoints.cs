using System.Globalization;
using Podcasto.Costs.Client.Jobs;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Lists;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>What an outside scheduler calls; GET too, because some know nothing else. Each call runs at once and answers when it is done.</summary>
internal static class CronEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    public static void MapCron(this IEndpointRouteBuilder routes)
    {
        var cron = routes
            .MapGroup("/api/cron")
            .WithTags("Cron")
            .RequireAuthorization(Policies.Cron)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        cron.MapMethods("/aggregate-daily-costs", Methods, Daily)
            .WithSummary("Prove a day against its events; yesterday by default")
            .Produces<DailyAggregationView>()
            .Documents("date");
        cron.MapMethods("/aggregate-monthly-costs", Methods, Monthly)
            .WithSummary("Prove a month against its events; last month by default")
            .Produces<MonthlyAggregationView>()
            .Documents("month");
    }

    private static async Task<IResult> Daily(HttpRequest request, DailyAggregation work, CronRun run, TimeProvider clock)
    {
        var query = new QueryValues(request, "date");
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var day = query.Date("date") ?? today.AddDays(-1);
        if (day > today)
            query.Errors.Add("date", string.Create(CultureInfo.InvariantCulture, $"must not be in the future; today is {today:yyyy-MM-dd} UTC"));
        if (query.Refused is { } refused)
            return refused;
        var (outcome, tookMs) = await run.RunAsync(work, new JobOrder(SqliteText.Of(day)));
        return TypedResults.Ok(
            new DailyAggregationView
            {
                Date = day,
                Events = outcome.Events ?? 0,
                Episodes = outcome.Episodes ?? 0,
                TotalCostUsd = outcome.TotalCostUsd ?? 0,
                Differences = outcome.Differences ?? 0,
                TookMs = tookMs,
            }
        );
    }

    private static async Task<IResult> Monthly(HttpRequest request, MonthlyAggregation work, CronRun run, TimeProvider clock)
    {
        var query = new QueryValues(request, "month");
        var current = Month.Of(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var month = query.Month("month") ?? Month.Of(current.FirstDay.AddDays(-1));
        if (month > current)
            query.Errors.Add("month", $"must not be in the future; this month is {current} UTC");
        if (query.Refused is { } refused)
            return refused;
        var (outcome, tookMs) = await run.RunAsync(work, new JobOrder(month.ToString()));
        return TypedResults.Ok(
            new MonthlyAggregationView
            {
                Month = month.ToString(),
                Events = outcome.Events ?? 0,
                Episodes = outcome.Episodes ?? 0,
                TotalCostUsd = outcome.TotalCostUsd ?? 0,
                Differences = outcome.Differences ?? 0,
                TookMs = tookMs,
            }
        );
    }
}
