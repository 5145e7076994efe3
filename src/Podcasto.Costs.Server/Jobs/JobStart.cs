using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Jobs;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>Puts a job into the queue for somebody, or says why not: one way for programs and pages.</summary>
internal sealed class JobStart(JobStore jobs, JobBell bell, IEnumerable<IJobCheck> checks, TimeProvider clock)
{
    /// <summary>Starts a job.</summary>
    /// <param name="kind">One of <see cref="JobKinds"/>; another is 404.</param>
    /// <param name="body">What is asked of it; null for what the kind does by default.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The job, or what is wrong: 400 by field, 404, or 409 where it waits or runs already.</returns>
    public async Task<(JobView? Job, ProblemHttpResult? Refused)> RunAsync(
        string kind,
        JsonElement? body,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (!JobKinds.All.Contains(kind))
            return (null, Problems.NotFound($"No job is named {kind}; there are {string.Join(", ", JobKinds.All)}."));
        var errors = new FieldErrors();
        var order = JobOrderBody.Read(kind, body, clock.GetUtcNow(), errors);
        if (errors.Any)
            return (null, Problems.Invalid(errors.Messages));
        foreach (var check in checks.Where(check => check.Kind == kind))
        {
            if (await check.RefuseAsync(order, cancellationToken) is { } refused)
                return (null, refused);
        }

        if (await jobs.FindUnfinishedAsync(kind, order.Period, cancellationToken) is { } unfinished)
        {
            var what = $"{kind} {order.Period}".TrimEnd();
            return (null, Problems.Conflict($"{what} is {unfinished.State} already: see /api/v1/jobs/{unfinished.Id:D}."));
        }

        var job = await jobs.AddAsync(kind, order, started: false, actor, cancellationToken);
        bell.Ring();
        return (job, null);
    }
}
