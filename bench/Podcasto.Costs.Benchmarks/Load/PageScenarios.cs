using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>
/// How long the server takes for each page of the dashboard on a large history: from the request to the last byte, over the loopback, by a
/// reader who is signed in. The first time is that of a server that has started a moment before and has had no reader yet.
/// </summary>
internal static class PageScenarios
{
    private const long Size = 10_000_000;
    private const int Runs = 20;

    // In which a server reads ahead what it counts in memory.
    private static readonly TimeSpan ReadAhead = TimeSpan.FromSeconds(15);

    /// <summary>Lays a history in that ends today, and measures on it.</summary>
    public static async Task<string> LaidInAsync(Bed bed)
    {
        bed.Empty();
        History.Lay(bed.ServiceDatabase, Size, seed: 900, History.DaysUntilNow);
        History.LayCatalog(bed.ServiceDatabase);
        Rebuild.Measure(bed.ServiceDatabase);
        Bed.Execute(bed.ServiceDatabase, "vacuum analyze");
        return await RunAsync(bed.ServiceDatabase, "");
    }

    /// <summary>Measures on a PostgreSQL that holds a history and its rollups.</summary>
    public static async Task<string> RunAsync(string connectionString, string only)
    {
        await using var server = new ServerUnderTest("Postgres", connectionString);
        await Task.Delay(ReadAhead);
        using var reader = await PageReader.SignInAsync(server);
        var lines = new List<string> { "| page | limit ms | first ms | median ms | p95 ms | |", "|---|--:|--:|--:|--:|---|" };
        foreach (var page in PageList.Of(await SomeAsync(server)).Where(page => page.Name.Contains(only, StringComparison.Ordinal)))
            lines.Add(await MeasureAsync(reader, page));
        lines.Add("");
        lines.Add(Memory(server));
        return string.Join('\n', lines);
    }

    private static string Memory(ServerUnderTest server)
    {
        using var process = Process.GetProcessById(server.ProcessId);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Resident after it: {process.WorkingSet64 >> 20} MB, at most {process.PeakWorkingSet64 >> 20} MB."
        );
    }

    private static async Task<string> MeasureAsync(PageReader reader, PageToMeasure page)
    {
        var times = new List<double>();
        for (var run = 0; run <= Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            await reader.GetAsync(page.Path);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var warm = times.Skip(1).Order().ToList();
        var (median, late) = (Report.Median(warm), warm[(int)(warm.Count * 0.95) - 1]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {page.Name} | {page.LimitMs} | {times[0]:0} | {median:0.0} | {late:0.0} | {(late > page.LimitMs ? "**over**" : times[0] > page.LimitMs ? "first over" : "")} |"
        );
    }

    private static async Task<SomeIds> SomeAsync(ServerUnderTest server)
    {
        var found = await server.Client.GetStringAsync("/api/v1/events?limit=1");
        using var document = JsonDocument.Parse(found);
        var item = document.RootElement.GetProperty("items")[0];
        return new SomeIds(Text("id"), Text("episode_id"), Text("podcast_id"), DateOnly.Parse(Text("timestamp")[..10], CultureInfo.InvariantCulture));

        string Text(string name) => item.GetProperty(name).GetString()!;
    }
}
