using System.Diagnostics;
using System.Globalization;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>What exporting a month takes, and how much memory, with more and more events in it: the memory must not grow with them.</summary>
internal sealed class ExportScenarios(Bed bed)
{
    // Of August, which the sample events start in at six in the morning.
    private const int Days = 30;

    private const string Titles = """
        insert into episode_titles (episode_id, valid_from, title)
        select id, '2026-01-01', 'Episode ' || id from (select distinct episode_id as id from cost_tracking_events where episode_id is not null) e
        on conflict do nothing;
        insert into podcast_titles (podcast_id, valid_from, title)
        select id, '2026-01-01', 'Podcast ' || id from (select distinct podcast_id as id from cost_tracking_events where podcast_id is not null) p
        on conflict do nothing
        """;

    private static readonly string[] Exports =
    [
        "focus?month=2026-08&format=csv",
        "focus?month=2026-08&format=parquet",
        "events?month=2026-08&format=ndjson",
        "events?month=2026-08&format=csv",
        "events?month=2026-08&format=parquet",
    ];

    public async Task<string> RunAsync(IEnumerable<long> sizes)
    {
        var lines = new List<string>
        {
            "| events in the month | export | seconds | events/s | MB sent | memory before MB | peak MB |",
            "|--:|---|--:|--:|--:|--:|--:|",
        };
        foreach (var size in sizes)
        {
            bed.Empty();
            History.Lay(bed.ServiceDatabase, size, seed: 900, days: Days);
            Rebuild.Measure(bed.ServiceDatabase);
            Bed.Execute(bed.ServiceDatabase, Titles);
            Bed.Execute(bed.ServiceDatabase, "vacuum analyze");
            foreach (var export in Exports)
                lines.Add(await MeasureAsync(size, export));
        }

        return string.Join('\n', lines);
    }

    // A server of its own for each, so that the peak is the export's.
    private async Task<string> MeasureAsync(long size, string export)
    {
        bed.Restart();
        await bed.Postgres.Client.GetStringAsync("/api/v1/exports/focus/metadata?month=2026-08");
        var before = Cpu.MemoryOf(bed.Postgres.ProcessId).Now;
        var started = Stopwatch.GetTimestamp();
        var bytes = await ReadAsync($"/api/v1/exports/{export}");
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"| {size:N0} | {export.Replace("?month=2026-08&format=", ", ", StringComparison.Ordinal)} | {seconds:0.0} | {size / seconds:N0} | {bytes / 1e6:0} | {before:0} | {Cpu.MemoryOf(bed.Postgres.ProcessId).Peak:0} |"
        );
        Console.Error.WriteLine($"  {line}");
        return line;
    }

    private async Task<long> ReadAsync(string path)
    {
        // Parquet is made before its first byte is sent: longer than the client waits for anything else.
        using var client = new HttpClient { BaseAddress = bed.Postgres.Client.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = bed.Postgres.Client.DefaultRequestHeaders.Authorization;
        using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[128 * 1024];
        var sum = 0L;
        for (int read; (read = await stream.ReadAsync(buffer)) > 0; )
            sum += read;
        // Off the thread that polls sockets, which ends a server's output too: see InlineCompletions. Waiting for that on it would be for ever.
        await Task.Yield();
        return sum;
    }
}
