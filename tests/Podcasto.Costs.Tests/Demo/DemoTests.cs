using System.Globalization;
using System.Net;
using Podcasto.Costs.Server.Demo;
using Podcasto.Costs.Tests.Sessions;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Demo;

public sealed class DemoTests
{
    private static readonly DateOnly Day = new(2026, 3, 15);

    [Fact]
    public void The_same_day_has_the_same_demo_and_another_day_another()
    {
        Assert.Equal(Bodies(Day), Bodies(Day));
        Assert.NotEqual(Bodies(Day), Bodies(Day.AddDays(1)));
        var data = new DemoData(Day);
        Assert.Equal(8, data.Podcasts.Count);
        Assert.Equal(300, data.Episodes.Count);
        Assert.Equal(data.Events().Count(), data.Events().Select(costEvent => costEvent.Id).Distinct().Count());
        Assert.Equal(DemoCalendar.Days, data.Events().Select(costEvent => DateOnly.FromDateTime(costEvent.At.UtcDateTime)).Distinct().Count());
        Assert.All(data.Events(), costEvent => Assert.InRange(DateOnly.FromDateTime(costEvent.At.UtcDateTime), data.FirstDay, Day));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_demo_is_whole_and_believable_and_a_second_start_only_serves(Engine engine)
    {
        using var database = new TestDatabase(engine);
        string total;
        await using (var server = await ServerProcess.StartWithAsync(database, ["--demo"]))
        {
            await server.LinkAsync();
            Assert.Contains("The demo is ready: 300 episodes", server.Output, StringComparison.Ordinal);
            total = await TotalAsync(server.Client);
            Assert.InRange(decimal.Parse(total, CultureInfo.InvariantCulture), 150m, 900m);

            var episodes = (await server.Client.GetJsonAsync("/api/v1/episodes?limit=1000"))["items"]!.AsArray();
            var costs = episodes.Select(episode => decimal.Parse((string)episode!["total_cost_usd"]!, CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(300, costs.Count);
            // The dearest spoke its text again and again; all others cost cents to a few dollars.
            Assert.True(costs[0] > 3 * costs[1], $"{costs[0]} {costs[1]}");
            Assert.InRange(costs[^1], 0.05m, costs[1]);
            Assert.InRange(costs[1], 0.5m, 5m);

            var categories = (await server.Client.GetJsonAsync("/api/v1/costs?group_by=category&granularity=total"))["items"]!.AsArray();
            Assert.Equal(9, categories.Count);
            Assert.Equal(7, (await server.Client.GetJsonAsync("/api/v1/costs?group_by=event_type&granularity=total"))["items"]!.AsArray().Count);
            Assert.NotEmpty((await server.Client.GetJsonAsync("/api/v1/events?priced_by=none&service=elevenlabs_tts"))["items"]!.AsArray());
            Assert.NotEmpty((await server.Client.GetJsonAsync("/api/v1/events?priced_by=event"))["items"]!.AsArray());
            const string Voice = "/api/v1/pricing?model=gemini-2.5-flash-tts&unit=output_tokens";
            Assert.Equal(2, (await server.Client.GetJsonAsync(Voice))["items"]!.AsArray().Count);
            Assert.Equal(0, await server.StopAsync());
        }

        await using var again = await ServerProcess.StartWithAsync(database, ["--demo"]);
        await again.LinkAsync();
        Assert.DoesNotContain("The demo is ready", again.Output, StringComparison.Ordinal);
        Assert.Equal(total, await TotalAsync(again.Client));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_database_with_other_events_is_left_alone(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using (var server = await ServerProcess.StartAsync(database))
            await server.Client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 10));

        var (exitCode, output) = await ServerProcess.RunAsync(database, "--demo", "--urls", "http://127.0.0.1:0");
        Assert.Equal(2, exitCode);
        Assert.Contains("events that are not the demo's", output, StringComparison.Ordinal);
        Assert.DoesNotContain("/sign-in/link", output, StringComparison.Ordinal);

        await using var app = new PodcastoCostsApp(database);
        await app.StartAsync();
        Assert.Equal(10, await app.ReadAsync<long>("select count(*) from cost_tracking_events"));
        Assert.Equal(0, await app.ReadAsync<long>("select count(*) from podcasts"));
        Assert.Equal(0, await app.ReadAsync<long>("select count(*) from cost_pricing_config"));
    }

    [Fact]
    public async Task Without_settings_it_has_a_database_of_its_own_and_its_link_opens_every_page()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartFreshAsync(folder.Path, "--demo");
        Assert.True(File.Exists(Path.Combine(folder.Path, "data", "demo.db")));
        Assert.False(File.Exists(Path.Combine(folder.Path, "data", "costs.db")));
        using var browser = new HttpClient { BaseAddress = server.Client.BaseAddress };
        var overview = await browser.GetStringAsync(await server.LinkAsync());
        Assert.Contains("הבוקר הטכנולוגי", overview, StringComparison.Ordinal);
        foreach (var page in new[] { "/jobs", "/jobs/start", "/keys", "/audit", "/about" })
            Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(page));
        Assert.Contains("300 with events", await browser.GetStringAsync("/about"), StringComparison.Ordinal);
    }

    private static string[] Bodies(DateOnly day) =>
        [.. EventBatches.Of(new DemoData(day).Events()).Select(body => System.Text.Encoding.UTF8.GetString(body.Span))];

    private static async Task<string> TotalAsync(HttpClient client) =>
        (string)(await client.GetJsonAsync("/api/v1/costs?granularity=total"))["items"]![0]!["total_cost_usd"]!;
}
