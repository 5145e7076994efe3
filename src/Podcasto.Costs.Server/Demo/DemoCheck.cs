using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Demo;

/// <summary>Comes before every other step of the start: a database with events that are not the demo's is left as it is.</summary>
internal sealed class DemoCheck(DemoMark mark, IHostApplicationLifetime lifetime) : IStartupStep
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await mark.LastDayAsync(cancellationToken) is not null || !await mark.HasEventsAsync(cancellationToken))
            return;
        await Console.Error.WriteLineAsync(
            """
            This database holds events that are not the demo's, and --demo leaves them alone.
            Start without --demo to serve them, or give the demo a database of its own: without Database:ConnectionString it is data/demo.db.
            """
        );
        Environment.ExitCode = Verbs.CouldNotRun;
        lifetime.StopApplication();
        // Nothing is to come after this.
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
