using Podcasto.Costs.Client.Jobs;
using Podcasto.Costs.Server.Audit;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>Runs work as a job: recorded from its start to its end, and alive in the table for as long as it beats.</summary>
internal sealed partial class JobExecution(JobStore jobs, JobMetrics metrics, TimeProvider clock, ILogger<JobExecution> log)
{
    /// <summary>How often a running job says that it is alive.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>Records a job and runs it at once.</summary>
    /// <param name="order">What is asked of it.</param>
    /// <param name="work">What does it.</param>
    /// <param name="watcher">Also told how far it is; null for nobody.</param>
    /// <param name="actor">Who asks for it, for the audit log; null for a schedule.</param>
    /// <param name="cancellationToken">Puts the job back into the queue.</param>
    /// <exception cref="JobException">It could not be done; the job is recorded as failed.</exception>
    public async Task<JobOutcome> RunNewAsync(
        JobOrder order,
        IJobWork work,
        IProgress<JobProgress>? watcher,
        Actor? actor,
        CancellationToken cancellationToken
    )
    {
        var job = await jobs.AddAsync(work.Kind, order, started: true, actor, cancellationToken);
        return await RunAsync(job, order, work, watcher, cancellationToken);
    }

    /// <summary>Runs a job that the caller has taken from the queue, or added as started.</summary>
    /// <param name="job">The job.</param>
    /// <param name="order">What is asked of it.</param>
    /// <param name="work">What does it.</param>
    /// <param name="watcher">Also told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Puts the job back into the queue.</param>
    /// <exception cref="JobException">It could not be done; the job is recorded as failed.</exception>
    public async Task<JobOutcome> RunAsync(
        JobView job,
        JobOrder order,
        IJobWork work,
        IProgress<JobProgress>? watcher,
        CancellationToken cancellationToken
    )
    {
        var latest = new LatestProgress(watcher);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = BeatAsync(job.Id, latest, ended.Token);
        var started = clock.GetTimestamp();
        try
        {
            var outcome = await work.RunAsync(order, latest, cancellationToken);
            await StopAsync();
            await jobs.SucceedAsync(job.Id, outcome, latest.Value, CancellationToken.None);
            metrics.Ended(job.Kind, JobStates.Succeeded, clock.GetElapsedTime(started), outcome.Differences ?? 0);
            if (outcome.Differences > 0)
                Log.Different(log, job.Kind, job.Period, outcome.Differences.Value);
            return outcome;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await StopAsync();
            await jobs.ReturnAsync(job.Id, CancellationToken.None);
            throw;
        }
        catch (Exception exception)
        {
            await StopAsync();
            metrics.Ended(job.Kind, JobStates.Failed, clock.GetElapsedTime(started), 0);
            Log.Failed(log, exception, job.Kind, job.Period);
            await jobs.FailAsync(job.Id, exception.Message, CancellationToken.None);
            throw;
        }

        async Task StopAsync()
        {
            await ended.CancelAsync();
            await beating;
        }
    }

    private async Task BeatAsync(Guid id, LatestProgress latest, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Beat, clock, cancellationToken);
                await jobs.BeatAsync(id, latest.Value, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The work itself will meet a database that is away; a beat that is missed is no reason to stop it.
                Log.BeatMissed(log, exception, id);
            }
        }
    }

    private sealed class LatestProgress(IProgress<JobProgress>? watcher) : IProgress<JobProgress>
    {
        private readonly Lock _gate = new();
        private JobProgress _value = new("", 0, 0);

        public JobProgress Value
        {
            get
            {
                lock (_gate)
                    return _value;
            }
        }

        public void Report(JobProgress value)
        {
            lock (_gate)
                _value = value;
            watcher?.Report(value);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "{Kind} {Period} found {Count} rollup rows that did not equal their events. This should never happen: please report it"
        )]
        public static partial void Different(ILogger logger, string kind, string? period, long count);

        [LoggerMessage(LogLevel.Error, "{Kind} {Period} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string kind, string? period);

        [LoggerMessage(LogLevel.Warning, "Job {Id} could not say that it is alive")]
        public static partial void BeatMissed(ILogger logger, Exception exception, Guid id);
    }
}
