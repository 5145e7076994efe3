using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>Fills the index after the start and keeps it filled, latest days first and a few at a time: the first reader is to wait for nothing.</summary>
internal sealed partial class EpisodeIndexWarmer(
    EpisodeIndex index,
    IOptions<EpisodeIndexOptions> options,
    Readiness readiness,
    TimeProvider clock,
    ILogger<EpisodeIndexWarmer> log
) : BackgroundService
{
    // A smaller ledger is read when it is asked for.
    private const int FewRows = 10_000;
    private const int RowsAtOnce = 5_000;

    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    // What a page shows unless it is told otherwise, with what that is compared with.
    private const int LatestDays = 60;

    private readonly TaskCompletionSource _latestAreRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the latest days of a large ledger have been read for the first time.</summary>
    public Task LatestAreRead => _latestAreRead.Task;

    /// <summary>Reads what is missing.</summary>
    /// <param name="fewRows">Of how many rows on.</param>
    /// <param name="cancellationToken">Stops between days.</param>
    public async Task WarmAsync(long fewRows, CancellationToken cancellationToken)
    {
        var all = await index.DaysAsync(cancellationToken);
        if (all.Rows < fewRows)
            return;
        var (rows, read) = (0L, 0);
        var piece = new List<DayVersion>();
        foreach (var day in all.Days.Reverse().TakeWhile(day => (rows += day.EpisodeCount) <= options.Value.MaxRows))
        {
            piece.Add(day);
            if (piece.Sum(item => item.EpisodeCount) >= RowsAtOnce)
                await ReadAsync(piece, cancellationToken);
            if (++read >= LatestDays && piece.Count == 0)
                _latestAreRead.TrySetResult();
        }

        if (piece.Count > 0)
            await ReadAsync(piece, cancellationToken);
        _latestAreRead.TrySetResult();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.MaxRows == 0)
            return;
        var wait = AfterStart;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!readiness.IsReady || stoppingToken.IsCancellationRequested)
                continue;
            wait = Between;
            try
            {
                await WarmAsync(FewRows, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The database is away, most likely.
                Log.TryingAgain(log, exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ReadAsync(List<DayVersion> days, CancellationToken cancellationToken)
    {
        await index.ReadAsync(null, days[^1].Day, days[0].Day, _ => days, cancellationToken);
        days.Clear();
        await Task.Delay(Breath, clock, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Days of episodes could not be read ahead; trying again")]
        public static partial void TryingAgain(ILogger logger, Exception exception);
    }
}
