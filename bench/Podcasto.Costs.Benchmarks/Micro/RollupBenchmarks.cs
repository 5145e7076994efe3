using BenchmarkDotNet.Attributes;
using Podcasto.Costs.Benchmarks.Load;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Ingest.Writing.Postgres;

namespace Podcasto.Costs.Benchmarks;

/// <summary>A batch of 2,000 events on its way to PostgreSQL: rated, summed by the rollups' keys, encoded for COPY.</summary>
[MemoryDiagnoser]
public class RollupBenchmarks
{
    private const int Events = 2_000;

    private static readonly CategoryRules Categories = new();
    private static readonly Dictionary<Guid, Guid> NoCatalog = [];

    private static readonly PriceBook Prices = new(
        1,
        [
            PriceOf("gemini_text", "tokens", 0.6m, 1_000_000, model: "gemini-2.5-flash"),
            PriceOf("gemini_text", "tokens", 0.1m, 1_000_000, model: "gemini-2.5-flash-lite"),
            PriceOf("gemini_tts", "tokens", 10m, 1_000_000, model: "gemini-2.5-flash-tts"),
            PriceOf("gemini_image", "images", 0.039m, 1),
            PriceOf("lambda_*", "gb_seconds", 0.0000166667m, 1, region: "us-east-1"),
            PriceOf("s3_put", "requests", 0.005m, 1_000, region: "us-east-1"),
            PriceOf("s3_get", "requests", 0.0004m, 1_000, region: "us-east-1"),
            PriceOf("sqs", "requests", 0.4m, 1_000_000, region: "us-east-1"),
            PriceOf("ses", "emails", 0.1m, 1_000, region: "us-east-1"),
        ]
    );

    private List<PricedEvent> _events = [];

    /// <summary>Live: few episodes, one day. Shuffled: nearly every event another episode and day.</summary>
    [Params(nameof(Arrival.Live), nameof(Arrival.Shuffled))]
    public string Order { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _events = RatedRows.Of(new SampleEvents(Enum.Parse<Arrival>(Order), 1), 0, Events, Prices);
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public decimal Rate()
    {
        var total = 0m;
        foreach (var priced in _events)
            total += Rating.Rate(priced.Event, Prices)!.TotalCostUsd;
        return total;
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public int Roll_up() => RollupDelta.Of(_events, NoCatalog, Categories).PodcastCells.Count;

    [Benchmark(OperationsPerInvoke = Events)]
    public int Encode_for_copy()
    {
        using var rows = EventCopy.Encode(_events, DateTimeOffset.UnixEpoch);
        return rows.Written.Length;
    }

    private static Price PriceOf(string service, string unit, decimal cost, long quantity, string? model = null, string? region = null) =>
        new(Guid.NewGuid(), service, region, model, unit, cost, quantity, DateTimeOffset.UnixEpoch, null);
}
