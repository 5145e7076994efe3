using System.Diagnostics;
using System.Globalization;
using Podcasto.Costs.Client;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Client;

/// <summary>A process that tracks a thousand events and ends, in one way or another, without a word to its tracker.</summary>
public sealed class ProcessEndTests
{
    [Fact]
    public async Task A_process_that_exits_sends_what_waits()
    {
        await using var ledger = await FakeLedger.StartAsync();
        Assert.Equal(0, await RunAsync(ledger.Address, "-", "exit"));
        Assert.Equal(1_000, ledger.Stored.Count);
    }

    [Theory, InlineData("TERM"), InlineData("HUP")]
    public async Task A_process_that_a_signal_ends_sends_what_waits(string signal)
    {
        await using var ledger = await FakeLedger.StartAsync();
        using var process = Start(ledger.Address, "-", "wait");
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        Assert.Empty(ledger.Stored);
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        Assert.Equal(1_000, ledger.Stored.Count);
        Assert.Equal(signal == "TERM" ? 143 : 129, process.ExitCode);
    }

    [Theory, InlineData("throw"), InlineData("kill")]
    public async Task A_process_that_dies_leaves_what_waits_on_disk_for_the_next(string death)
    {
        using var folder = new TempFolder();
        Assert.NotEqual(0, await RunAsync(new Uri("http://127.0.0.1:9/"), folder.Path, death));
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address, options => options.SpoolFolder = folder.Path);
        services.Tracker().Track(1);
        await ledger.UntilStoredAsync(1_001);
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(new TrackerCounts(1, 1_000, 1_001, 0, 1), services.Tracker().Counts);
    }

    private static async Task<int> RunAsync(Uri address, string spool, string end)
    {
        using var process = Start(address, spool, end);
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static Process Start(Uri address, string spool, string end)
    {
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "Podcasto.Costs.AotProgram", "release", "Podcasto.Costs.AotProgram.dll");
        var start = new ProcessStartInfo("dotnet", [program, address.ToString(), "a-key", spool, end])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = end == "wait",
        };
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return Process.Start(start)!;
    }
}
