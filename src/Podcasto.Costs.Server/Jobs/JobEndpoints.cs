using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Jobs;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Jobs;

internal static class JobEndpoints
{
    private const int MaxBody = 4 * 1024;

    private static readonly string[] Filters = ["kind", "period", "state"];

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/v1/jobs").WithTags("Jobs").ProducesProblem(StatusCodes.Status400BadRequest);
        jobs.MapGet("", List)
            .RequireAuthorization(Policies.Read)
            .WithName("ListJobs")
            .WithSummary("Runs of jobs, newest first")
            .ProducesList<JobView>(Filters);
        jobs.MapGet("/{id}", Get)
            .RequireAuthorization(Policies.Read)
            .WithName("GetJob")
            .WithSummary("One run of a job, with its progress")
            .ProducesProblem(StatusCodes.Status404NotFound);
        jobs.MapPost("/{kind}", Post)
            .RequireAuthorization(Policies.Admin)
            .WithName("StartJob")
            .WithSummary("Start a job; it runs when those before it are done")
            .WithDescription($"Kinds: {string.Join(", ", JobKinds.All)}.")
            .Accepts<NewJob>(isOptional: true, "application/json")
            .Produces<JobView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> List(HttpRequest request, JobStore jobs)
    {
        var query = new ListQuery(request, "jobs", Filters);
        var kind = query.OneOf("kind", JobKinds.All);
        var period = query.Text("period");
        if (period is not null && !IsPeriod(period))
            query.Errors.Add("period", "must be yyyy-MM-dd or yyyy-MM");
        var state = query.OneOf("state", JobStates.All);
        Guid? before = null;
        if (query.After is [{ } id] && Ids.TryParse(id, out var last))
            before = last;
        else if (query.After is not null)
            query.RefuseCursor();
        return query.Refused ?? await query.AnswerAsync(jobs.ListAsync(kind, period, state, before, query.Fetch), job => [job.Id.ToString("D")]);
    }

    private static bool IsPeriod(string text) =>
        Month.TryParse(text, out _) || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> Get(string id, JobStore jobs, CancellationToken cancellationToken)
    {
        if (!Ids.TryParse(id, out var wanted))
            return Problems.Invalid("id", "must be a UUID in 8-4-4-4-12 form");
        return await jobs.FindAsync(wanted, cancellationToken) is { } job
            ? TypedResults.Ok(job)
            : Problems.NotFound($"No job has the id {wanted:D}.");
    }

    private static async Task<Results<Accepted<JobView>, ProblemHttpResult>> Post(string kind, HttpContext context, JobStart start)
    {
        using var body = await JsonBody.ReadOptionalAsync(context.Request, MaxBody, context.RequestAborted);
        var (job, refused) = await start.RunAsync(kind, body?.Root, Actor.Of(context.User), context.RequestAborted);
        return job is null ? refused! : TypedResults.Accepted($"/api/v1/jobs/{job.Id:D}", job);
    }
}
