using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>Waits for the database, brings its schema up to date and runs what has to be there before the first request is served.</summary>
internal sealed partial class Startup(Database database, Readiness readiness, IServiceProvider services, ILogger<Startup> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Lets the server listen at once: /healthz answers while the database is waited for.
        await Task.Yield();
        for (var attempt = 1; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                await PrepareAsync(stoppingToken);
                Log.Ready(log, database.Name);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Waiting(log, database.Name, attempt, exception.Message);
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        database.Migrate();
        foreach (var step in services.GetServices<IStartupStep>())
            await step.RunAsync(cancellationToken);
        readiness.Set();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The ledger on {Database} is ready")]
        public static partial void Ready(ILogger logger, string database);

        [LoggerMessage(LogLevel.Warning, "{Database} is not ready (attempt {Attempt}): {Reason}")]
        public static partial void Waiting(ILogger logger, string database, int attempt, string reason);
    }
}

/// <summary>Work that a feature needs done on a migrated database before the first request.</summary>
internal interface IStartupStep
{
    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>Whether the schema is up to date and the start-up work done.</summary>
internal sealed class Readiness
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsReady => _ready.Task.IsCompleted;

    /// <summary>Ends when it is.</summary>
    public Task WhenReady => _ready.Task;

    public void Set() => _ready.TrySetResult();
}
