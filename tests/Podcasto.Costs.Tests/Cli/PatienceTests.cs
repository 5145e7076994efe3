using System.Diagnostics;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Cli;

public sealed class PatienceTests
{
    [Theory]
    [InlineData(429, "The server is busy; trying again in 1 s", "events", "send", "-")]
    [InlineData(503, "The server is not ready; trying again in 1 s", "events", "send", "-")]
    [InlineData(503, "The server is not ready; trying again in 1 s", "daily")]
    public async Task A_server_that_asks_for_a_pause_gets_it(int status, string words, params string[] arguments)
    {
        await using var busy = await BusyServer.StartAsync(0, status, bad: 1);
        (await CliProcess.RunAsync(busy.Settings, "{}", arguments)).Said(0, words);
        var instants = busy.Instants.ToArray();
        Assert.Equal(2, instants.Length);
        Assert.True(Stopwatch.GetElapsedTime(instants[0], instants[1]) >= TimeSpan.FromSeconds(0.99));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_server_that_stays_so_is_given_up_in_time(int status)
    {
        await using var busy = await BusyServer.StartAsync(0, status);
        (await CliProcess.RunAsync(busy.Settings, null, "daily", "--retry-for", "0")).Said(5, $"{status}");
        Assert.Single(busy.Instants);
    }

    [Fact]
    public async Task What_might_have_been_done_is_not_asked_twice()
    {
        await using var busy = await BusyServer.StartAsync(0, 503);
        (await CliProcess.RunAsync(busy.Settings, null, "keys", "create", "worker", "--scope", "read")).Said(5, "503");
        Assert.Single(busy.Instants);
    }

    [Fact]
    public async Task Sending_waits_for_a_server_that_is_not_there_yet()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        var url = $"http://127.0.0.1:{Random.Shared.Next(20_000, 30_000)}";
        (string, string)[] settings = [("PODCASTO_COSTS_SERVER", url), ("PODCASTO_COSTS_KEY", PodcastoCostsApp.AdminKey)];
        var line = SomeEvents.Of("2025-03-01T00:00:00Z", 1).First().ToJsonString();
        (await CliProcess.RunAsync(settings, line, "events", "send", "-", "--retry-for", "0")).Said(
            5,
            "cannot be reached",
            "0 events are acknowledged"
        );
        using var cli = CliProcess.Start(settings, line, "events", "send", "-");
        await using var server = await ServerProcess.StartAtAsync(database, url);
        var run = (await cli.EndAsync()).Said(0, "cannot be reached", "trying again");
        Assert.StartsWith("1 accepted", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_ends_it_at_once_and_says_how_far_it_was()
    {
        await using var silent = await BusyServer.StartAsync(1, 0);
        using var folder = new TempFolder();
        var file = folder.File("events");
        await File.WriteAllTextAsync(file, "{}\n{}\n{}\n");
        using var cli = CliProcess.Start(silent.Settings, null, "events", "send", file, "--batch", "1");
        for (var wait = 0; silent.Instants.Count < 2; wait++)
        {
            Assert.True(wait < 500);
            await Task.Delay(20);
        }

        await cli.InterruptAsync();
        (await cli.EndAsync()).Said(130, "Interrupted.", "1 events are acknowledged, up to byte 3.", "goes on from there");
        Assert.True(File.Exists(file + ".resume"));
    }
}
