using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Client;

namespace Podcasto.Costs.Benchmarks.Client;

/// <summary>One process that tracks for ten seconds, at a rate or as fast as it is sent.</summary>
/// <param name="receiver">Where to.</param>
/// <param name="rate">Events a second; 0 for as many as find room.</param>
/// <param name="spool">Its folder; null for none.</param>
internal sealed class Sending(Receiver receiver, int rate, string? spool)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    public async Task<string> RunAsync(string name)
    {
        await using var services = ClientScenarios.Services(receiver, spool);
        var tracker = services.GetRequiredService<ICostTracker>();
        var (cpu, receiverCpu) = (Process.GetCurrentProcess().TotalProcessorTime, receiver.CpuSeconds);
        var start = Stopwatch.GetTimestamp();
        Track(tracker, start);
        var tracking = Stopwatch.GetElapsedTime(start);
        await tracker.FlushAsync();
        var sending = Stopwatch.GetElapsedTime(start);
        var counts = tracker.Counts;
        var micros = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / counts.Sent;
        var receiverMicros = (receiver.CpuSeconds - receiverCpu) * 1e6 / counts.Sent;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {counts.Tracked / tracking.TotalSeconds:N0} | {counts.Sent / sending.TotalSeconds:N0} | {counts.Dropped:N0} | {micros:0.0} | {receiverMicros:0.0} |"
        );
    }

    private void Track(ICostTracker tracker, long start)
    {
        long tracked = 0;
        while (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < Duration)
        {
            // Behind its time it catches up; ahead of it, or with half of the buffer full, it rests.
            if (rate > 0 ? tracked >= elapsed.TotalSeconds * rate : tracker.Counts.Waiting > 50_000)
            {
                Thread.Sleep(1);
                continue;
            }

            for (var number = 0; number < 100; number++)
                tracker.Track(ClientScenarios.Event);
            tracked += 100;
        }
    }
}
