using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Tracking;

namespace Podcasto.Costs.Client.Lambda;

/// <summary>One invocation of a Lambda function.</summary>
public sealed class LambdaRun
{
    private const int MaxService = 64;

    private readonly LambdaCostOptions _options;
    private readonly long _start = Stopwatch.GetTimestamp();

    internal LambdaRun(LambdaCostOptions options) => _options = options;

    /// <summary>The episode that the run is charged to, once the handler knows it.</summary>
    public Guid? EpisodeId { get; set; }

    /// <summary>The podcast that the run is charged to, once the handler knows it.</summary>
    public Guid? PodcastId { get; set; }

    internal string? Error { get; set; }

    internal void Track(ICostTracker tracker)
    {
        try
        {
            if (_options.FunctionName is not { Length: > 0 } function)
                return;
            var service = ServiceOf(function);
            var billedMs = BilledMs(Stopwatch.GetElapsedTime(_start));
            if (_options.MemoryMb is { } memory)
                tracker.Track(Event(service, GbSeconds(memory, billedMs), "gb_seconds", Metadata(memory, billedMs)));
            tracker.Track(Event(service, 1, "requests", Metadata(null, null)));
        }
        catch (Exception)
        {
            // A tracker of somebody else's; the handler's outcome stands.
        }
    }

    /// <summary>Lambda bills each started millisecond, and at least one.</summary>
    internal static long BilledMs(TimeSpan duration) =>
        Math.Max(1, (duration.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);

    /// <summary>To the 9 decimals that the ledger keeps; sizes in whole 128 MB need no more.</summary>
    internal static decimal GbSeconds(int memoryMb, long billedMs) => Math.Round(memoryMb * (decimal)billedMs / 1_024_000m, 9);

    /// <summary><c>lambda_</c> and the function's name, with an underscore for what no slug has.</summary>
    internal static string ServiceOf(string function)
    {
        var slug = new StringBuilder("lambda_", MaxService);
        foreach (var character in function)
        {
            if (slug.Length == MaxService)
                break;
            var lower = char.ToLowerInvariant(character);
            slug.Append(char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower) || lower is '_' or '.' or '-' ? lower : '_');
        }

        return slug.ToString();
    }

    private NewEvent Event(string service, decimal quantity, string unit, JsonObject metadata) =>
        new()
        {
            EventType = EventTypeNames.LambdaExecution,
            Service = service,
            Quantity = quantity,
            Unit = unit,
            EpisodeId = EpisodeId,
            PodcastId = PodcastId,
            Metadata = metadata,
        };

    // Only the one event carries the duration: it would count twice.
    private JsonObject Metadata(int? memoryMb, long? billedMs)
    {
        var metadata = new JsonObject();
        if (_options.Region is { Length: > 0 } region)
            metadata["region"] = region;
        if (memoryMb is { } memory)
            metadata["memory_mb"] = memory;
        if (billedMs is { } duration)
            metadata["duration_ms"] = duration;
        if (Error is { } error)
            (metadata["status"], metadata["error"]) = ("failed", error);
        return metadata;
    }
}
