using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Cli;

public sealed class SendTests(CliServer server) : IClassFixture<CliServer>
{
    private const string WithoutId =
        """ "event_type":"other","service":"acme","quantity":"0.1","unit":"units","unit_cost_usd":"0.3","timestamp":"2025-05-01T00:00:00Z"}""";

    [Fact]
    public async Task Good_lines_are_stored_and_every_bad_one_is_kept_with_its_reason()
    {
        using var folder = new TempFolder();
        var file = folder.File("events.ndjson");
        // More bad ones than an answer names, some good ones behind them, and blank lines between.
        var bad = Enumerable.Range(0, 250).Select(number => $$"""{"id": "{{number}}", {{WithoutId}}""");
        await File.WriteAllTextAsync(
            file,
            string.Join(
                "\r\n\r\n",
                SomeEvents
                    .Of("2025-06-01T00:00:00Z", 3, 3_001)
                    .Select(node => node.ToJsonString())
                    .Concat(bad)
                    .Append("not json")
                    .Append("{" + WithoutId)
            )
        );
        var run = (await server.RunAsync("events", "send", file)).Said(3, "Line 7 is rejected", "/id", ".rejected", "1 had no id");
        Assert.Equal("4 accepted, 0 duplicates, 251 rejected; $0.78 added\n", run.Output);
        var rejected = (await File.ReadAllLinesAsync(file + ".rejected")).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(Enumerable.Range(0, 251).Select(number => 7 + 2 * number), rejected.Select(line => (int)line["line"]!));
        Assert.Equal("not json", (string?)rejected[250]["text"]);
        Assert.Equal(["events.ndjson", "events.ndjson.rejected"], folder.Files("*").Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--batch", "2", "--json")]
    public async Task An_array_on_standard_input_is_sent_with_every_byte_of_its_strings_and_numbers(params string[] arguments)
    {
        var id = Guid.NewGuid();
        var array = $$"""
             [ {"id": "{{id}}", "metadata": {"note": "a \"]}\" {[ \\", "list": [1, {"a": []}]},
                "quantity": 999999999999.000000001, {{WithoutId.Replace("\"quantity\":\"0.1\",", "", StringComparison.Ordinal).Replace(
                "0.3",
                "0.0000000001",
                StringComparison.Ordinal
            )}},
               {"id": null, {{WithoutId}}, {}, {"id": "{{Guid.NewGuid()}}", {{WithoutId}}
             ]
            """;
        var run = (await CliProcess.RunAsync(server.Settings, array, ["events", "send", "-", .. arguments])).Said(3, "Item 3 is rejected");
        Assert.Equal("""{"accepted":3,"duplicates":0,"unpriced":0,"total_cost_usd":"100.0599999999","rejected":1}""" + "\n", run.Output);
        var stored = await server.Http.GetJsonAsync($"/api/v1/events/{id}");
        Assert.Equal("999999999999.000000001", (string?)stored["quantity"]);
        Assert.Equal("a \"]}\" {[ \\", (string?)stored["metadata"]!["note"]);
    }

    [Theory]
    [InlineData("[{}", "breaks off")]
    [InlineData("[1]", "an object should start")]
    [InlineData("[] []", "an object should start")]
    public async Task An_array_that_is_none_is_told(string text, string words) =>
        (await CliProcess.RunAsync(server.Settings, text, "events", "send", "-")).Said(1, words);

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_run_that_was_killed_goes_on_where_it_was_and_nothing_counts_twice(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var own = await ServerProcess.StartAsync(database);
        (string, string)[] settings =
        [
            ("PODCASTO_COSTS_SERVER", own.Client.BaseAddress!.ToString()),
            ("PODCASTO_COSTS_KEY", PodcastoCostsApp.AdminKey),
        ];
        using var folder = new TempFolder();
        var file = folder.File("events.ndjson");
        const int Events = 8_000;
        await File.WriteAllLinesAsync(file, Enumerable.Repeat("{" + WithoutId, Events));
        string[] send = ["events", "send", file, "--batch", "100", "--json"];
        using (var first = CliProcess.Start(settings, null, send))
        {
            for (
                var wait = 0;
                !(
                    File.Exists(file + ".resume")
                    && !(await File.ReadAllTextAsync(file + ".resume")).Contains("\"offset\": 0", StringComparison.Ordinal)
                );
                wait++
            )
            {
                Assert.True(wait < 2_000);
                await Task.Delay(5);
            }

            first.Kill();
            Assert.NotEqual(0, (await first.EndAsync()).ExitCode);
        }

        var second = (await CliProcess.RunAsync(settings, null, send)).Said(0, "Going on behind the ");
        var receipt = JsonNode.Parse(second.Output)!;
        Assert.Equal(Events, (int)receipt["accepted"]! + (int)receipt["duplicates"]!);
        var day = await own.Client.GetJsonAsync("/api/v1/costs?granularity=total");
        Assert.Equal(Events, (int)day["items"]![0]!["event_count"]!);
        Assert.Equal("240", (string?)day["items"]![0]!["total_cost_usd"]);
        Assert.False(File.Exists(file + ".resume"));
    }

    [Fact]
    public async Task A_file_that_has_changed_since_is_sent_as_a_whole()
    {
        using var folder = new TempFolder();
        var file = folder.File("events.ndjson");
        await using var busy = await BusyServer.StartAsync(1, 503);
        await File.WriteAllTextAsync(file, string.Join('\n', SomeEvents.Of("2025-07-01T00:00:00Z", 2, 5_001).Select(node => node.ToJsonString())));
        (await CliProcess.RunAsync(busy.Settings, null, "events", "send", file, "--batch", "1", "--retry-for", "0")).Said(
            5,
            "503",
            "1 events are acknowledged"
        );
        await File.WriteAllTextAsync(file, string.Join('\n', SomeEvents.Of("2025-07-01T00:00:00Z", 2, 6_001).Select(node => node.ToJsonString())));
        busy.Good = int.MaxValue;
        var run = (await CliProcess.RunAsync(busy.Settings, null, "events", "send", file)).Said(0, "has changed");
        Assert.StartsWith("2 accepted", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_server_has_acknowledged_another_is_sent_too()
    {
        using var folder = new TempFolder();
        var file = folder.File("events.ndjson");
        await File.WriteAllTextAsync(file, string.Join('\n', SomeEvents.Of("2025-07-01T00:00:00Z", 2, 7_001).Select(node => node.ToJsonString())));
        await using var first = await BusyServer.StartAsync(1, 503);
        (await CliProcess.RunAsync(first.Settings, null, "events", "send", file, "--batch", "1", "--retry-for", "0")).Said(5, "1 events are");
        await using var second = await BusyServer.StartAsync(int.MaxValue, 503);
        (await CliProcess.RunAsync(second.Settings, null, "events", "send", file)).Ended(0);
        Assert.Equal(2, second.Taken);
    }

    [Fact]
    public async Task Lines_that_a_killed_run_was_about_to_put_aside_are_put_aside_once()
    {
        using var folder = new TempFolder();
        var file = folder.File("events.ndjson");
        await File.WriteAllLinesAsync(
            file,
            ["{\"service\":\"bad\"}", .. SomeEvents.Of("2025-07-01T00:00:00Z", 1, 7_101).Select(node => node.ToJsonString()), "{\"service\":\"bad\"}"]
        );
        await using var busy = await BusyServer.StartAsync(2, 503);
        (await CliProcess.RunAsync(busy.Settings, null, "events", "send", file, "--batch", "1", "--retry-for", "0")).Said(5, "2 events are");
        // What a kill leaves that comes between this file and the one that says how far it is.
        await File.AppendAllTextAsync(file + ".rejected", "{\"line\":3,\"mess");
        busy.Good = int.MaxValue;
        (await CliProcess.RunAsync(busy.Settings, null, "events", "send", file, "--batch", "1")).Ended(3);
        Assert.Equal([1, 3], (await File.ReadAllLinesAsync(file + ".rejected")).Select(line => (int)JsonNode.Parse(line)!["line"]!));
    }
}
