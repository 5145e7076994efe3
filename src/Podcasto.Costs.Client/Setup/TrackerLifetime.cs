using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Client.Tracking;

namespace Podcasto.Costs.Client.Setup;

/// <summary>Starts the tracker with the host, so that what an earlier process left on disk is sent, and flushes it after everything else has stopped.</summary>
internal sealed class TrackerLifetime(ICostTracker tracker, IOptionsMonitor<PodcastoCostsOptions> options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (tracker is not CostTracker)
            return;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.CurrentValue.ShutdownTimeout);
        await tracker.FlushAsync(timeout.Token);
    }
}
