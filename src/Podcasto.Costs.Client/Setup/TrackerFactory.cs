using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Client.Spooling;
using Podcasto.Costs.Client.Tracking;

namespace Podcasto.Costs.Client.Setup;

/// <summary>Puts a tracker together.</summary>
internal static partial class TrackerFactory
{
    public static ICostTracker Create(IServiceProvider services)
    {
        var logger = services.GetService<ILoggerFactory>()?.CreateLogger(TrackerCounters.MeterName) ?? NullLogger.Instance;
        var counters = new TrackerCounters(services.GetService<IMeterFactory>());
        try
        {
            var options = services.GetRequiredService<IOptions<PodcastoCostsOptions>>().Value;
            var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpNames.Sender);
            var clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
            var hasHost = services.GetService<IHostApplicationLifetime>() is not null;
            return new CostTracker(Parts(options, http, counters, logger), options, clock, hasHost, logger);
        }
        catch (Exception exception)
        {
            // Costs that are not tracked are bad; a program that does not start for their sake is worse.
            NotConfigured(logger, exception);
            return new IdleTracker(counters);
        }
    }

    private static TrackerParts Parts(PodcastoCostsOptions options, HttpClient http, TrackerCounters counters, ILogger logger)
    {
        var buffer = new EventBuffer(options.BufferCapacity, Math.Min(options.BatchSize, options.BufferCapacity));
        var settlement = new Settlement();
        var door = new SpoolDoor(options.SpoolFolder, options.SpoolMaxBytes, logger);
        var rejects = new RejectedFile(options.SpoolFolder);
        var courier = new Courier(new IngestConnection(http, options.Compress), counters, rejects, options.OnRejected, logger);
        var outbox = new Outbox(door, counters, options.BatchSize, options.FlushInterval, logger);
        return new TrackerParts(buffer, new Batcher(buffer, courier, settlement, options.BatchSize), outbox, courier, settlement, counters, door);
    }

    [LoggerMessage(LogLevel.Error, "Costs are not tracked: the options are not valid.")]
    private static partial void NotConfigured(ILogger logger, Exception exception);
}
