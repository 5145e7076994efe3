using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>How fast events become durable and rolled up, beside what the database itself can do with the same rows.</summary>
internal sealed class WriteScenarios(Bed bed, double scale)
{
    private const string Limit = "limit: COPY, 1 connection";
    private const string BackfillLimit = "limit: COPY of a back-fill, 1 connection";
    private const string SqliteLimitName = "limit: SQLite, prepared inserts";

    private static readonly Scenario[] Scenarios =
    [
        new("JSON × 1,000, 8 connections", 0.9, Form.Json, 8, 1000, 300_000),
        new("JSON × 1,000, 4 connections", null, Form.Json, 4, 1000, 300_000),
        new("JSON × 1,000, 8 connections, full receipts", null, Form.Json, 8, 1000, 300_000) { FullReceipt = true },
        new("gzip × 1,000, 8 connections", null, Form.Gzip, 8, 1000, 300_000),
        new("JSON × 100, 32 connections", 0.75, Form.Json, 32, 100, 300_000),
        new("NDJSON, 1 stream", 0.8, Form.Ndjson, 1, 1, 1_000_000),
        new("gzip NDJSON, 1 stream", null, Form.GzipNdjson, 1, 1, 1_000_000),
        new("single, 256 connections", 0.2, Form.Json, 256, 1, 150_000),
        new("single, 64 connections", 0.1, Form.Json, 64, 1, 100_000),
        new("single, 10 connections", null, Form.Json, 10, 1, 40_000),
        new("single, 1 connection", null, Form.Json, 1, 1, 6_000),
        new("back-fill × 1,000, 8 connections", 0.35, Form.Json, 8, 1000, 300_000) { Arrival = Arrival.Shuffled },
    ];

    private static readonly Scenario[] SqliteScenarios =
    [
        new("SQLite: JSON × 1,000, 8 connections", 0.6, Form.Json, 8, 1000, 100_000),
        new("SQLite: NDJSON, 1 stream", 0.6, Form.Ndjson, 1, 1, 100_000),
        new("SQLite: single, 64 connections", null, Form.Json, 64, 1, 10_000),
    ];

    private readonly List<Measurement> _measured = [];
    private int _seed;
    private bool _warm;

    public async Task<string> RunAsync(int rounds, string? only)
    {
        for (var round = 1; round <= rounds; round++)
        {
            Console.Error.WriteLine($"round {round} of {rounds}");
            await WarmUpAsync();
            Copy(round);
            foreach (var scenario in Scenarios.Where(scenario => Chosen(scenario, only)))
                await RunAsync(scenario, round);
            await RunSqliteAsync(round, only);
        }

        return Report.Table(_measured, LimitOf, name => Scenarios.Concat(SqliteScenarios).FirstOrDefault(scenario => scenario.Name == name)?.Reach);
    }

    private static bool Chosen(Scenario scenario, string? only) => only is null || scenario.Name.Contains(only, StringComparison.OrdinalIgnoreCase);

    // Of the same rows in the same order: a back-fill is slow to copy too.
    private static string? LimitOf(string name) =>
        name.StartsWith("SQLite", StringComparison.Ordinal) ? SqliteLimitName
        : name.StartsWith("back-fill", StringComparison.Ordinal) ? BackfillLimit
        : name == Limit ? null
        : Limit;

    private async Task WarmUpAsync()
    {
        if (_warm)
            return;
        _warm = true;
        bed.Empty();
        await new Sender(bed.Postgres.Port, ServerUnderTest.Key, Form.Json, 8, 1000).SendAsync(new SampleEvents(Arrival.Live, _seed++), 250_000);
        await new Sender(bed.Postgres.Port, ServerUnderTest.Key, Form.Json, 64, 1).SendAsync(new SampleEvents(Arrival.Live, _seed++), 40_000);
    }

    private void Copy(int round)
    {
        // The limit is measured by warm code too.
        CopyLimit.RowsPerSecond(bed.LimitDatabase, RatedRows.Of(new SampleEvents(Arrival.Live, _seed++), 0, 30_000, bed.Prices), 1);
        var rows = RatedRows.Of(new SampleEvents(Arrival.Live, _seed++), 0, (int)(300_000 * scale), bed.Prices);
        Copy(Limit, round, rows, 1);
        Copy("limit: COPY, 2 connections", round, rows, 2);
        Copy(BackfillLimit, round, RatedRows.Of(new SampleEvents(Arrival.Shuffled, _seed++), 0, (int)(300_000 * scale), bed.Prices), 1);

        bed.Empty();
        var single = CopyLimit.SingleRowMs(bed.LimitDatabase, rows[..Math.Min(rows.Count, 3000)]).Order().ToArray();
        Add(
            new Measurement("bare commits of 1 row, 1 connection", round, 1000 / single.Average())
            {
                LatencyMs = (single[single.Length / 2], single[single.Length * 99 / 100]),
            }
        );
    }

    private void Copy(string name, int round, List<PricedEvent> rows, int connections)
    {
        bed.Empty();
        var database = Cpu.OfFamily(bed.PostgresProcess);
        var own = Cpu.Of(Environment.ProcessId);
        var rate = CopyLimit.RowsPerSecond(bed.LimitDatabase, rows, connections);
        Add(
            new Measurement(name, round, rate)
            {
                CpuMicros = (
                    0,
                    (Cpu.OfFamily(bed.PostgresProcess) - database) / rows.Count * 1e6,
                    (Cpu.Of(Environment.ProcessId) - own) / rows.Count * 1e6
                ),
            }
        );
    }

    private async Task RunAsync(Scenario scenario, int round)
    {
        bed.Empty();
        await MeasureAsync(scenario, round, bed.Postgres, () => Cpu.OfFamily(bed.PostgresProcess));
    }

    private async Task RunSqliteAsync(int round, string? only)
    {
        var chosen = SqliteScenarios.Where(scenario => Chosen(scenario, only)).ToList();
        if (chosen.Count == 0)
            return;
        bed.EmptySqlite();
        var rows = RatedRows.Of(new SampleEvents(Arrival.Live, _seed++), 0, (int)(100_000 * scale), bed.Prices);
        Add(new Measurement(SqliteLimitName, round, SqliteLimit.RowsPerSecond(bed.SqliteLimitFile, rows)));
        foreach (var scenario in chosen)
        {
            bed.EmptySqlite();
            await using var server = new ServerUnderTest("Sqlite", bed.SqliteServiceFile);
            await new Sender(server.Port, ServerUnderTest.Key, Form.Json, 8, 100).SendAsync(new SampleEvents(Arrival.Live, _seed++), 60_000);
            await MeasureAsync(scenario, round, server, () => 0);
        }
    }

    private async Task MeasureAsync(Scenario scenario, int round, ServerUnderTest server, Func<double> databaseCpu)
    {
        var count = (long)(scenario.Events * scale);
        var sender = new Sender(server.Port, ServerUnderTest.Key, scenario.Form, scenario.Connections, scenario.Batch, scenario.FullReceipt);
        var transactions = server.Transactions();
        var (serverCpu, database, own) = (Cpu.Of(server.ProcessId), databaseCpu(), Cpu.Of(Environment.ProcessId));
        var sent = await sender.SendAsync(new SampleEvents(scenario.Arrival, _seed++), count);
        Add(
            new Measurement(scenario.Name, round, sent.PerSecond)
            {
                LatencyMs = scenario.Form is Form.Ndjson or Form.GzipNdjson ? default : (sent.Percentile(0.5), sent.Percentile(0.99)),
                CpuMicros = (
                    (Cpu.Of(server.ProcessId) - serverCpu) / count * 1e6,
                    (databaseCpu() - database) / count * 1e6,
                    (Cpu.Of(Environment.ProcessId) - own) / count * 1e6
                ),
                BatchSize = count / (server.Transactions() - transactions),
                PeakMegabytes = Cpu.MemoryOf(server.ProcessId).Peak,
            }
        );
    }

    private void Add(Measurement measurement)
    {
        _measured.Add(measurement);
        Console.Error.WriteLine($"  {measurement.Name}: {measurement.PerSecond:N0}/s");
    }

    private sealed record Scenario(string Name, double? Reach, Form Form, int Connections, int Batch, long Events)
    {
        public Arrival Arrival { get; init; }

        public bool FullReceipt { get; init; }
    }
}
