using System.Diagnostics;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Cli;

/// <summary>Standard input from a program that goes on running.</summary>
public sealed class SlowInputTests
{
    [Theory, InlineData("", ""), InlineData(" [", ",")]
    public async Task What_is_there_is_sent_while_the_rest_is_waited_for(string begin, string between)
    {
        await using var server = await BusyServer.StartAsync(int.MaxValue, 503);
        using var cli = CliProcess.Open(server.Settings, "events", "send", "-");
        await WriteAsync(cli, begin + "{\"id\": 1}\n");
        await WaitForAsync(server, 1);
        // A steady trickle is not waited for either: each event comes within the second that the one before waits.
        for (var wait = Stopwatch.StartNew(); server.Instants.Count < 2; )
        {
            Assert.True(wait.Elapsed < TimeSpan.FromSeconds(30));
            await WriteAsync(cli, between + "{\"id\": 2}\n");
            await Task.Delay(300);
        }

        await WriteAsync(cli, begin.Length == 0 ? "" : "]");
        cli.Input.Close();
        Assert.Contains(" accepted", (await cli.EndAsync()).Ended(0).Output, StringComparison.Ordinal);
        Assert.All(server.Encodings, encoding => Assert.Equal("gzip", encoding));
    }

    [Fact]
    public async Task An_interrupt_is_heard_while_nothing_comes()
    {
        await using var server = await BusyServer.StartAsync(int.MaxValue, 503);
        using var cli = CliProcess.Open(server.Settings, "events", "send", "-");
        await WriteAsync(cli, "{\"id\": 1}\n");
        await WaitForAsync(server, 1);
        await Task.Delay(200);
        var start = Stopwatch.GetTimestamp();
        await cli.InterruptAsync();
        (await cli.EndAsync()).Said(130, "Interrupted.", "1 events are acknowledged");
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(8));
    }

    private static async Task WriteAsync(CliProcess cli, string text)
    {
        await cli.Input.WriteAsync(text);
        await cli.Input.FlushAsync();
    }

    private static async Task WaitForAsync(BusyServer server, int requests)
    {
        for (var wait = Stopwatch.StartNew(); server.Instants.Count < requests; )
        {
            Assert.True(wait.Elapsed < TimeSpan.FromSeconds(30));
            await Task.Delay(20);
        }
    }
}
