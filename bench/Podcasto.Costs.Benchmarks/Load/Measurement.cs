using System.Globalization;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>What one run of a scenario gave.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Round">Its round; ratios are taken within one.</param>
/// <param name="PerSecond">Events or rows a second.</param>
internal sealed record Measurement(string Name, int Round, double PerSecond)
{
    /// <summary>Milliseconds of a request, half and 99 of 100 of them take at most this; 0 where it makes no sense.</summary>
    public (double P50, double P99) LatencyMs { get; init; }

    /// <summary>Microseconds of CPU an event: the server, the database, the load generator.</summary>
    public (double Server, double Database, double Load) CpuMicros { get; init; }

    /// <summary>Events in a transaction.</summary>
    public double BatchSize { get; init; }

    /// <summary>Megabytes of memory that the server held at most so far.</summary>
    public double PeakMegabytes { get; init; }
}

/// <summary>Medians over the rounds, as a table.</summary>
internal static class Report
{
    public static string Table(IEnumerable<Measurement> measurements, Func<string, string?> limitOf, Func<string, double?> reachOf)
    {
        var all = measurements.ToList();
        var lines = new List<string>
        {
            "| scenario | events/s | of the limit | reach | p50 ms | p99 ms | batch | server µs | database µs | load µs | peak MB |",
            "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        };
        foreach (var group in all.GroupBy(measurement => measurement.Name))
        {
            var ratio = limitOf(group.Key) is { } limit ? Median(Ratios(all, group, limit)) : double.NaN;
            lines.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {group.Key} | {Median(group.Select(one => one.PerSecond)):N0} | {Number(ratio, "0.00")} | {(reachOf(group.Key) is { } reach ? Number(reach, "0.00") : "")} | {Number(Median(group.Select(one => one.LatencyMs.P50)), "0.0")} | {Number(Median(group.Select(one => one.LatencyMs.P99)), "0.0")} | {Number(Median(group.Select(one => one.BatchSize)), "0")} | {Number(Median(group.Select(one => one.CpuMicros.Server)), "0.0")} | {Number(Median(group.Select(one => one.CpuMicros.Database)), "0.0")} | {Number(Median(group.Select(one => one.CpuMicros.Load)), "0.0")} | {Number(group.Max(one => one.PeakMegabytes), "0")} |"
                )
            );
        }

        return string.Join('\n', lines);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static IEnumerable<double> Ratios(List<Measurement> all, IEnumerable<Measurement> group, string limit) =>
        from one in @group
        from other in all
        where other.Name == limit && other.Round == one.Round
        select one.PerSecond / other.PerSecond;

    private static string Number(double value, string format) =>
        double.IsNaN(value) || value == 0 ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}
