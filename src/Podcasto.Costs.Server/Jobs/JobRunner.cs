using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>
/// Works the queue of jobs, one after the other, and fills it by the schedule. Of several servers one does, as long as it holds the
/// lease; another goes on where it ends.
/// </summary>
internal sealed partial class JobRunner(
    JobStore jobs,
    JobExecution execution,
    JobBell bell,
    Lease lease,
    Readiness readiness,
    IEnumerable<IJobWork> works,
    IEnumerable<ISchedule> schedules,
    IOptions<ScheduleOptions> options,
    TimeProvider clock,
    ILogger<JobRunner> log
) : BackgroundService
{
    private const string LeaseName = "jobs";
    private const int MaxAttempts = 3;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Lost = 10 * JobExecution.Beat;

    private readonly Dictionary<string, IJobWork> _works = works.ToDictionary(work => work.Kind, StringComparer.Ordinal);
    private DateTimeOffset _heldUntil;
    private DateTimeOffset _nextTick;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (readiness.IsReady && await HoldAsync(stoppingToken))
                {
                    await FillAsync(stoppingToken);
                    while (await RunNextAsync(stoppingToken)) { }
                }

                await bell.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // The database is away, most likely: the queue waits with it.
                Log.TryingAgain(log, exception);
                await Task.Delay(Poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await ReleaseAsync();
    }

    private async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now + Lease.Length / 2 < _heldUntil)
            return true;
        var held = await lease.TryTakeAsync(LeaseName, cancellationToken);
        // Whoever takes it over looks at once for what was missed.
        if (now >= _heldUntil)
            _nextTick = now;
        _heldUntil = held ? now + Lease.Length : default;
        return held;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await jobs.ReturnLostAsync(now - Lost, MaxAttempts, cancellationToken);
        if (now < _nextTick)
            return;
        foreach (var schedule in schedules)
        {
            foreach (var (kind, order) in await schedule.DueAsync(now, cancellationToken))
            {
                if (await jobs.FindUnfinishedAsync(kind, order.Period, cancellationToken) is null)
                    await jobs.AddAsync(kind, order, started: false, null, cancellationToken);
            }
        }

        _nextTick = options.Value.Expression.GetNextOccurrence(now, TimeZoneInfo.Utc) ?? DateTimeOffset.MaxValue;
    }

    private async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        if (!await HoldAsync(cancellationToken) || await jobs.TakeAsync(cancellationToken) is not var (job, order))
            return false;
        if (!_works.TryGetValue(job.Kind, out var work))
        {
            await jobs.FailAsync(job.Id, $"This server knows no job named {job.Kind}.", cancellationToken);
            return true;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var holding = KeepHoldingAsync(stop);
        try
        {
            await execution.RunAsync(job, order, work, null, stop.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Recorded with the job, and logged.
        }
        finally
        {
            await stop.CancelAsync();
            await holding;
        }

        return true;
    }

    // A job goes on only while the lease does: another server would start it a second time.
    private async Task KeepHoldingAsync(CancellationTokenSource job)
    {
        while (!job.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Lease.Length / 3, clock, job.Token);
                if (!await HoldAsync(job.Token))
                    await job.CancelAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.TryingAgain(log, exception);
                if (clock.GetUtcNow() >= _heldUntil)
                    await job.CancelAsync();
            }
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            if (_heldUntil != default)
                await lease.ReleaseAsync(LeaseName, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // It ends by itself.
            Log.TryingAgain(log, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The queue of jobs could not be worked; trying again")]
        public static partial void TryingAgain(ILogger logger, Exception exception);
    }
}
