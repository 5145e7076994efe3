using System.Diagnostics;
using System.Globalization;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>What history costs: throughput, the latency of one event, and the overview's reads, on an empty ledger and on large ones.</summary>
internal sealed class HistoryScenarios(Bed bed)
{
    private static readonly (string Name, string Path)[] Reads =
    [
        ("90 days by category", "/api/v1/costs?group_by=category&from=2026-08-01&to=2026-10-29&limit=1000"),
        ("50 dearest episodes of a month", "/api/v1/episodes?from=2026-09-01&to=2026-09-30&limit=50"),
        ("podcasts of a month", "/api/v1/podcasts?from=2026-09-01&to=2026-09-30"),
        ("by service and day, 90 days", "/api/v1/costs?group_by=service&from=2026-08-01&to=2026-10-29&limit=1000"),
    ];

    private int _seed = 500;

    public async Task<string> RunAsync(bool quick)
    {
        var lines = new List<string>
        {
            "| history | events/s | one episode of 100,000: events/s | single p50 ms | single p99 ms | ready after s | rebuild s | plain group by s | rebuild : group by | memory MB |",
            "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        };
        var reads = new List<string> { $"| history | {string.Join(" | ", Reads.Select(read => $"{read.Name}, ms"))} |", "|--:|--:|--:|--:|--:|" };
        foreach (var size in quick ? [0L, 1_000_000] : new[] { 0L, 1_000_000, 10_000_000 })
        {
            bed.Empty();
            var rebuild = Lay(size);
            var ready = bed.Restart();
            await WarmUpAsync();
            reads.Add(await MeasureReadsAsync(size));
            lines.Add(await MeasureWritesAsync(size, ready, rebuild));
        }

        return string.Join('\n', lines) + "\n\n" + string.Join('\n', reads);
    }

    // By COPY, as a restore would; the rollups by the server's own verb.
    private Rebuild Lay(long size)
    {
        if (size == 0)
            return new Rebuild(0, 0, 0);
        History.Lay(bed.ServiceDatabase, size, _seed++);
        var rebuild = Rebuild.Measure(bed.ServiceDatabase);
        Bed.Execute(bed.ServiceDatabase, "vacuum analyze");
        Bed.Execute(bed.ServiceDatabase, "checkpoint");
        return rebuild;
    }

    private async Task WarmUpAsync()
    {
        await Send(8, 1000).SendAsync(Fresh(), 200_000);
        await Send(16, 1).SendAsync(Fresh(), 20_000);
    }

    private async Task<string> MeasureWritesAsync(long size, TimeSpan ready, Rebuild rebuild)
    {
        var bulk = await Send(8, 1000).SendAsync(Fresh(), 300_000);
        var single = await Send(1, 1).SendAsync(Fresh(), 4_000);
        await Send(8, 1000).SendAsync(OfOneEpisode(), 100_000);
        var onEpisode = await Send(8, 1000).SendAsync(OfOneEpisode(), 100_000);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {size:N0} | {bulk.PerSecond:N0} | {onEpisode.PerSecond:N0} | {single.Percentile(0.5):0.0} | {single.Percentile(0.99):0.0} | {ready.TotalSeconds:0.0} | {rebuild.Seconds:0.0} | {rebuild.GroupBySeconds:0.0} | {rebuild.Ratio:0.0} | {Cpu.MemoryOf(bed.Postgres.ProcessId).Peak:0} |"
        );
    }

    private async Task<string> MeasureReadsAsync(long size)
    {
        var columns = new List<string>();
        foreach (var (_, path) in Reads)
        {
            var times = new List<double>();
            for (var run = 0; run < 40; run++)
            {
                var started = Stopwatch.GetTimestamp();
                await bed.Postgres.Client.GetStringAsync(path);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            columns.Add(Report.Median(times.Skip(10)).ToString("0.0", CultureInfo.InvariantCulture));
        }

        return $"| {size.ToString("N0", CultureInfo.InvariantCulture)} | {string.Join(" | ", columns)} |";
    }

    // What is sent now is later than what is stored, as in life.
    private SampleEvents Fresh() => new(Arrival.Live, _seed++) { After = TimeSpan.FromDays(History.Days) };

    private SampleEvents OfOneEpisode() => new(Arrival.OneEpisode, _seed++) { After = TimeSpan.FromDays(History.Days) };

    private Sender Send(int connections, int batch) => new(bed.Postgres.Port, ServerUnderTest.Key, Form.Json, connections, batch);
}
