using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Client;

/// <summary>Trackers as programs have them, in a hurry.</summary>
internal static class Trackers
{
    public static ServiceProvider Services(Uri address, Action<PodcastoCostsOptions>? configure = null, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        if (clock is not null)
            services.AddSingleton(clock);
        services.AddPodcastoCosts(options =>
        {
            options.Address = address;
            options.Key = PodcastoCostsApp.AdminKey;
            options.FlushInterval = TimeSpan.FromMilliseconds(20);
            options.SpoolInterval = TimeSpan.FromMilliseconds(5);
            options.FirstRetryDelay = TimeSpan.FromMilliseconds(10);
            options.MaxRetryDelay = TimeSpan.FromMilliseconds(100);
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    public static ICostTracker Tracker(this ServiceProvider services) => services.GetRequiredService<ICostTracker>();

    public static NewEvent Event(decimal quantity = 1, string service = "acme") =>
        new()
        {
            EventType = EventTypeNames.Other,
            Service = service,
            Quantity = quantity,
            Unit = "units",
            UnitCostUsd = 0.001m,
            Metadata = new JsonObject { ["model"] = "one" },
        };

    public static void Track(this ICostTracker tracker, int events)
    {
        for (var number = 0; number < events; number++)
            tracker.Track(Event());
    }

    /// <summary>Flushes, and gives up after a while.</summary>
    public static async Task<bool> FlushedAsync(this ICostTracker tracker, int seconds = 20)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        return await tracker.FlushAsync(timeout.Token);
    }
}
