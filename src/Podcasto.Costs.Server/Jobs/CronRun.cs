namespace Podcasto.Costs.Server.Jobs;

/// <summary>Runs work for an outside scheduler. One that hangs up does not stop it; a server that ends puts it into the queue.</summary>
internal sealed class CronRun(JobExecution execution, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    public async Task<(JobOutcome Outcome, long TookMs)> RunAsync(IJobWork work, JobOrder order)
    {
        var started = clock.GetTimestamp();
        var outcome = await execution.RunNewAsync(order, work, null, null, lifetime.ApplicationStopping);
        return (outcome, (long)clock.GetElapsedTime(started).TotalMilliseconds);
    }
}
