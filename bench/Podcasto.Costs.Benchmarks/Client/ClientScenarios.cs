using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Benchmarks.Load;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Benchmarks.Client;

/// <summary>What tracking costs: the caller a call, the process an event, and each instrumentation.</summary>
internal static class ClientScenarios
{
    private const int Calls = 80_000;

    public static async Task<string> RunAsync(int rounds)
    {
        using var receiver = new Receiver();
        var report = new StringBuilder();
        report.AppendLine("| call | ns | bytes for the caller |").AppendLine("|---|--:|--:|");
        foreach (var (name, measure) in Calling(receiver))
        {
            measure();
            var all = Enumerable.Range(0, rounds).Select(_ => measure()).ToList();
            report.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {name} | {Report.Median(all.Select(one => one.Nanoseconds)):0} | {Report.Median(all.Select(one => one.Bytes)):0} |"
            );
        }

        report
            .AppendLine()
            .AppendLine("| sending | tracked/s | sent/s | dropped | client µs an event | receiver µs |")
            .AppendLine("|---|--:|--:|--:|--:|--:|");
        var folder = Directory.CreateTempSubdirectory("podcasto-costs-spool-").FullName;
        foreach (
            var (name, rate, spool) in new[]
            {
                ("100,000/s for 10 s", 100_000, null),
                ("as many as it takes", 0, null),
                ("100,000/s, on disk first", 100_000, folder),
                ("as many, on disk first", 0, folder),
            }
        )
            report.AppendLine(await new Sending(receiver, rate, spool).RunAsync(name));
        Directory.Delete(folder, recursive: true);
        return report.ToString();
    }

    public static ServiceProvider Services(Receiver receiver, string? spool = null, int capacity = 100_000)
    {
        var services = new ServiceCollection();
        services.AddPodcastoCosts(options =>
            (options.Address, options.Key, options.SpoolFolder, options.BufferCapacity) = (receiver.Address, "a-key", spool, capacity)
        );
        return services.BuildServiceProvider();
    }

    public static NewEvent Event { get; } =
        new()
        {
            EventType = EventTypeNames.AiApiCall,
            Service = "gemini_text",
            Quantity = 1_050,
            Unit = "tokens",
            EpisodeId = Guid.CreateVersion7(),
            Metadata = new System.Text.Json.Nodes.JsonObject
            {
                ["model"] = "gemini-2.5-flash",
                ["input_tokens"] = 800,
                ["output_tokens"] = 250,
            },
        };

    private static IEnumerable<(string Name, Func<(double Nanoseconds, double Bytes)> Measure)> Calling(Receiver receiver)
    {
        yield return ("Track", () => Tracking(receiver, scoped: false));
        yield return ("Track in a scope", () => Tracking(receiver, scoped: true));
        yield return ("Track, buffer full", () => Tracking(receiver, scoped: false, capacity: 1));
        foreach (var (name, call) in Instrumented.Calls(Services(receiver).GetRequiredService<ICostTracker>()))
            yield return (name, () => Measure(20_000, call));
    }

    private static (double, double) Tracking(Receiver receiver, bool scoped, int capacity = 100_000)
    {
        // Of its own each time, so that the buffer is empty and the loop behind it runs as it does in a program.
        using var services = Services(receiver, capacity: capacity);
        var tracker = services.GetRequiredService<ICostTracker>();
        // The buffer grows to its size once; what is measured is every call after that.
        for (var number = 0; number < Calls; number++)
            tracker.Track(Event);
        tracker.FlushAsync().GetAwaiter().GetResult();
        using var scope = scoped ? CostScope.ForEpisode(Guid.CreateVersion7()) : null;
        return Measure(Calls, () => tracker.Track(Event));
    }

    private static (double, double) Measure(int calls, Action call)
    {
        call();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < calls; number++)
            call();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return (elapsed.TotalNanoseconds / calls, (double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / calls);
    }
}
