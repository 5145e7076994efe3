using System.Diagnostics;
using System.Globalization;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>A rebuild from nothing beside a plain <c>group by</c> of the same rows: by the dimensions of the rollups, exact.</summary>
/// <param name="Seconds">From the start of the verb's process to its end.</param>
/// <param name="GroupBySeconds">The mean of one before and one after.</param>
/// <param name="PeakMegabytes">What the verb's process held at most.</param>
internal sealed record Rebuild(double Seconds, double GroupBySeconds, double PeakMegabytes)
{
    private const string Rollups = "episode_costs, episode_days, day_cells, podcast_day_cells, podcast_months, daily_cost_summary, month_totals";

    private const string GroupBy = """
        select
          episode_id, (timestamp at time zone 'UTC')::date, podcast_id, service, event_type, model, region, sum(total_cost_usd), count(*)
        from cost_tracking_events group by 1, 2, 3, 4, 5, 6, 7
        """;

    public double Ratio => GroupBySeconds == 0 ? 0 : Seconds / GroupBySeconds;

    /// <summary>Measures; the rollups are gone and come back.</summary>
    public static Rebuild Measure(string connectionString)
    {
        var before = SecondsOfGroupBy(connectionString);
        Empty(connectionString);
        var (seconds, peak) = Run(connectionString, "rebuild");
        return new Rebuild(seconds, (before + SecondsOfGroupBy(connectionString)) / 2, peak);
    }

    /// <summary>Measures on a PostgreSQL that holds a history: alone, to verify, and beside a server that takes in single events.</summary>
    public static async Task<string> ReportAsync(string connectionString)
    {
        var alone = Measure(connectionString);
        var verify = Run(connectionString, "verify");
        await using var server = new ServerUnderTest("Postgres", connectionString);
        var quiet = await SingleEventsAsync(server, () => Task.Delay(TimeSpan.FromSeconds(10)));
        Empty(connectionString);
        var busy = (Seconds: 0d, PeakMegabytes: 0d);
        var meanwhile = await SingleEventsAsync(server, async () => busy = await Task.Run(() => Run(connectionString, "rebuild")));
        var proof = Run(connectionString, "verify");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | rebuild s | group by s | rebuild : group by | verify s | peak MB | rebuild beside single events s | verify after it s |
            |--:|--:|--:|--:|--:|--:|--:|
            | {alone.Seconds:0.0} | {alone.GroupBySeconds:0.0} | {alone.Ratio:0.0} | {verify.Seconds:0.0} | {Math.Max(
                alone.PeakMegabytes,
                verify.PeakMegabytes
            ):0} | {busy.Seconds:0.0} | {proof.Seconds:0.0} |

            | single events, 1 connection | events/s | p50 ms | p99 ms | p99.9 ms | longest ms |
            |---|--:|--:|--:|--:|--:|
            {Line("without a rebuild", quiet)}
            {Line("during a rebuild", meanwhile)}
            """
        );
    }

    private static string Line(string name, Sent sent) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {sent.PerSecond:0} | {sent.Percentile(0.5):0.0} | {sent.Percentile(0.99):0.0} | {sent.Percentile(0.999):0.0} | {sent.Percentile(1):0.0} |"
        );

    private static async Task<Sent> SingleEventsAsync(ServerUnderTest server, Func<Task> during)
    {
        const int Part = 100;
        var latencies = new List<double>();
        var sender = new Sender(server.Port, ServerUnderTest.Key, Form.Json, 1, 1);
        var started = Stopwatch.GetTimestamp();
        for (var running = during(); !running.IsCompleted || latencies.Count == 0; )
        {
            // Of the history's last days, some of which are being rebuilt as they arrive.
            var events = new SampleEvents(Arrival.Live, Environment.TickCount & 0xfffff) { After = TimeSpan.FromDays(History.Days - 1) };
            latencies.AddRange((await sender.SendAsync(events, Part)).LatenciesMs);
        }

        return new Sent(latencies.Count, Stopwatch.GetElapsedTime(started).TotalSeconds, [.. latencies]);
    }

    private static double SecondsOfGroupBy(string connectionString)
    {
        var started = Stopwatch.GetTimestamp();
        Bed.Execute(connectionString, GroupBy);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Empty(string connectionString)
    {
        Bed.Execute(connectionString, $"truncate {Rollups}");
        Bed.Execute(connectionString, "checkpoint");
    }

    // A verb of the server's executable, to its end.
    private static (double Seconds, double PeakMegabytes) Run(string connectionString, string verb)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Podcasto.Costs.Server.dll"), verb])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["Database__Provider"] = "Postgres";
        start.Environment["Database__ConnectionString"] = connectionString;
        start.Environment["Logging__LogLevel__Default"] = "Error";
        start.Environment.Remove(ServerUnderTest.InlineCompletions);
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var peak = 0d;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                Console.Error.WriteLine($"  {verb}: {text}");
        };
        process.BeginOutputReadLine();
        while (!process.WaitForExit(100))
            peak = Math.Max(peak, PeakOf(process.Id));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0 ? (seconds, peak) : throw new InvalidOperationException($"{verb} ended with {process.ExitCode}.");
    }

    private static double PeakOf(int process)
    {
        try
        {
            return Cpu.MemoryOf(process).Peak;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It ends between two looks.
            return 0;
        }
    }
}
