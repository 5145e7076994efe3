using System.Diagnostics;
using System.Globalization;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>What history costs: throughput, the latency of one event, and the overview's reads, on an empty ledger and on large ones.</summary>
internal sealed class HistoryScenarios(Bed bed)
{
    private const int Days = 90;

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
            "| history | events/s | one episode of 100,000: events/s | single p50 ms | single p99 ms | ready after s | rebuild s | plain group by s | memory MB |",
            "|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        };
        var reads = new List<string> { $"| history | {string.Join(" | ", Reads.Select(read => $"{read.Name}, ms"))} |", "|--:|--:|--:|--:|--:|" };
        foreach (var size in quick ? [0L, 1_000_000] : new[] { 0L, 1_000_000, 10_000_000 })
        {
            bed.Empty();
            var (rebuild, groupBy) = Lay(size);
            var ready = bed.Restart();
            await WarmUpAsync();
            reads.Add(await MeasureReadsAsync(size));
            lines.Add(await MeasureWritesAsync(size, ready, rebuild, groupBy));
        }

        return string.Join('\n', lines) + "\n\n" + string.Join('\n', reads);
    }

    private (double Rebuild, double GroupBy) Lay(long size)
    {
        if (size == 0)
            return (0, 0);
        var rebuild = History.Lay(bed, size, Days, _seed++);
        var started = Stopwatch.GetTimestamp();
        Bed.Execute(
            bed.ServiceDatabase,
            "select episode_id, (timestamp at time zone 'UTC')::date, podcast_id, service, event_type, model, region, sum(total_cost_usd), count(*) from cost_tracking_events group by 1, 2, 3, 4, 5, 6, 7"
        );
        var groupBy = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Bed.Execute(bed.ServiceDatabase, "vacuum analyze");
        Bed.Execute(bed.ServiceDatabase, "checkpoint");
        return (rebuild, groupBy);
    }

    private async Task WarmUpAsync()
    {
        await Send(8, 1000).SendAsync(Fresh(), 200_000);
        await Send(16, 1).SendAsync(Fresh(), 20_000);
    }

    private async Task<string> MeasureWritesAsync(long size, TimeSpan ready, double rebuild, double groupBy)
    {
        var bulk = await Send(8, 1000).SendAsync(Fresh(), 300_000);
        var single = await Send(1, 1).SendAsync(Fresh(), 4_000);
        await Send(8, 1000).SendAsync(OfOneEpisode(), 100_000);
        var onEpisode = await Send(8, 1000).SendAsync(OfOneEpisode(), 100_000);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {size:N0} | {bulk.PerSecond:N0} | {onEpisode.PerSecond:N0} | {single.Percentile(0.5):0.0} | {single.Percentile(0.99):0.0} | {ready.TotalSeconds:0.0} | {rebuild:0.0} | {groupBy:0.0} | {Cpu.MemoryOf(bed.Postgres.ProcessId).Peak:0} |"
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
    private SampleEvents Fresh() => new(Arrival.Live, _seed++) { After = TimeSpan.FromDays(Days) };

    private SampleEvents OfOneEpisode() => new(Arrival.OneEpisode, _seed++) { After = TimeSpan.FromDays(Days) };

    private Sender Send(int connections, int batch) => new(bed.Postgres.Port, ServerUnderTest.Key, Form.Json, connections, batch);
}
