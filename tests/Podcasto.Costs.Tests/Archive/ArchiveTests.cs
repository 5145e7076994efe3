using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Archive;

public sealed class ArchiveTests
{
    private static readonly string[] Months = ["2025-08", "2025-09", "2025-10"];

    // Every read of the interface, those that only events can answer included.
    private static readonly string[] Reads =
    [
        "/api/v1/events?format=csv",
        "/api/v1/events?service=gemini_tts&format=csv",
        "/api/v1/events?from=2025-09-29T12:00:00Z&to=2025-10-02T00:00:00Z&format=csv",
        "/api/v1/events?priced_by=none&limit=1000",
        "/api/v1/episodes?limit=1000",
        "/api/v1/episodes?sort=-total_tokens&limit=1000",
        "/api/v1/podcasts",
        "/api/v1/podcasts?from=2025-09-10&to=2025-09-20",
        "/api/v1/daily?limit=1000",
        "/api/v1/monthly",
        "/api/v1/costs?group_by=service,model,region,event_type&limit=1000",
        "/api/v1/costs?group_by=episode_id&granularity=month&limit=1000",
        "/api/v1/costs?group_by=episode_id,service,podcast_id&granularity=day&format=csv",
        "/api/v1/costs?group_by=category,episode_id,model&granularity=total&format=csv",
        "/api/v1/costs?group_by=region,episode_id&granularity=month&from=2025-08-31&to=2025-10-01&format=csv",
        "/api/v1/costs?group_by=episode_id,service&granularity=total&service=s3_put&limit=1000",
    ];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Archiving_and_restoring_change_no_number(Engine engine)
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(engine, ("Archive:Directory", folder.Path));
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var podcast = (string)(await client.GetJsonAsync("/api/v1/podcasts"))["items"]![0]!["podcast_id"]!;
        var episode = (string)(await client.GetJsonAsync("/api/v1/episodes"))["items"]![0]!["episode_id"]!;
        string[] reads =
        [
            .. Reads,
            $"/api/v1/events?podcast_id={podcast}&format=csv",
            $"/api/v1/events?episode_id={episode}&format=csv",
            $"/api/v1/costs?group_by=model&episode_id={episode}&granularity=day&format=csv",
            $"/api/v1/costs?group_by=episode_id,service&podcast_id={podcast}&granularity=month&format=csv",
        ];
        var before = await ReadAsync(client, reads);
        var pages = await AcceptanceBooks.AllAsync(client, "/api/v1/events?event_type=ai_api_call");
        var count = await CountAsync(app);

        var moved = 0;
        foreach (var month in Months)
        {
            var job = await client.RunJobAsync("archive", $$"""{"month":"{{month}}"}""");
            Assert.True((string?)job["state"] == "succeeded", job.ToJsonString());
            moved += (int)job["events"]!;
        }

        Assert.Equal(count - moved, await CountAsync(app));
        Assert.Equal(3, folder.Files("*.parquet").Length);
        AssertSame(reads, before, await ReadAsync(client, reads));
        AssertSamePages(pages, await AcceptanceBooks.AllAsync(client, "/api/v1/events?event_type=ai_api_call"));
        await AcceptanceBooks.AssertAsync(client);
        Assert.Empty(await app.VerifyAsync());

        foreach (var month in Months)
            Assert.Equal("succeeded", (string?)(await client.RunJobAsync("restore", $$"""{"month":"{{month}}"}"""))["state"]);
        Assert.Equal(count, await CountAsync(app));
        Assert.Empty(folder.Files("*.*"));
        AssertSame(reads, before, await ReadAsync(client, reads));
        Assert.Empty(await app.VerifyAsync());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Ids_of_archived_events_are_taken_and_new_events_are_still_welcome(Engine engine)
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(engine, ("Archive:Directory", folder.Path));
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 300), SomeEvents.Of("2025-04-01T10:00:00Z", 10, firstId: 1_001));
        await client.RunJobAsync("archive", """{"month":"2025-03"}""");

        // Alone, in a small and in a large batch, and as a stream; under another time and price.
        foreach (var size in new[] { 1, 20, 300 })
        {
            var again = SomeEvents.Of("2025-04-05T10:00:00Z", size).Select(Dearer).ToArray();
            var (status, body) = await client.PostAsync("/api/v1/events", new JsonArray(again).ToJsonString());
            Assert.True(status == 200, body?.ToJsonString());
            Assert.Equal((0, size), ((int)body!["accepted"]!, (int)body["duplicates"]!));
            Assert.All(body["events"]!.AsArray(), entry => Assert.Equal("0.25", (string?)entry!["total_cost_usd"]));
        }

        var lines = string.Join('\n', SomeEvents.Of("2025-04-05T10:00:00Z", 301).Select(node => node.ToJsonString()));
        var (_, streamed) = await client.PostAsync("/api/v1/events", lines, "application/x-ndjson");
        Assert.Equal((1, 300), ((int)streamed!["accepted"]!, (int)streamed["duplicates"]!));

        // Late events of the archived month: among the archived ones, and archived behind them.
        await client.SendEventsAsync(
            SomeEvents.Of("2025-03-01T09:00:00Z", 5, firstId: 2_001),
            SomeEvents.Of("2025-03-31T23:00:00Z", 5, firstId: 2_006)
        );
        var listed = await client.GetJsonAsync("/api/v1/events?to=2025-04-01T00:00:00Z&limit=1000");
        Assert.Equal(310, listed["items"]!.AsArray().Count);
        Assert.Empty(await app.VerifyAsync());
        Assert.Equal(10, (int)(await client.RunJobAsync("archive", """{"month":"2025-03"}"""))["events"]!);
        Assert.Equal(2, folder.Files("*.parquet").Length);
        Assert.Equal(0, (int)(await client.RunJobAsync("archive", """{"month":"2025-03"}"""))["events"]!);
        var archived = await client.GetJsonAsync("/api/v1/events?to=2025-04-01T00:00:00Z&limit=1000");
        Assert.Equal(listed.ToJsonString(), archived.ToJsonString());
        Assert.Equal("0.25", (string?)(await client.GetJsonAsync($"/api/v1/events/{(string)archived["items"]![7]!["id"]!}"))["total_cost_usd"]);
        Assert.Empty(await app.VerifyAsync());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_catalog_moves_archived_episodes_and_a_rebuild_reaches_them(Engine engine)
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(engine, ("Archive:Directory", folder.Path));
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 900), SomeEvents.Of("2025-04-01T10:00:00Z", 5, firstId: 1_001));
        await client.RunJobAsync("archive", """{"month":"2025-03"}""");

        const string Podcast = "0198d0c6-0000-4000-8000-0000000000aa";
        var catalog = $$"""{"podcast_id":"{{Podcast}}","title":"Late"}""";
        Assert.Equal(200, (await client.PutAsync("/api/v1/episodes/0198d0c6-0000-4000-8000-000000000003", catalog)).Status);
        Assert.Empty(await app.VerifyAsync());
        Assert.Equal("0.25", (string?)(await client.GetJsonAsync("/api/v1/podcasts"))["items"]![0]!["total_cost_usd"]);
        var found = (await client.GetJsonAsync($"/api/v1/events?podcast_id={Podcast}"))["items"]!.AsArray();
        Assert.Equal(Podcast, (string?)Assert.Single(found)!["podcast_id"]);

        foreach (
            var table in new[]
            {
                "episode_costs",
                "episode_days",
                "day_cells",
                "podcast_day_cells",
                "daily_cost_summary",
                "month_totals",
                "podcast_months",
            }
        )
            await app.ExecuteAsync($"delete from {table}");
        Assert.Equal("succeeded", (string?)(await client.RunJobAsync("rebuild", "{}"))["state"]);
        Assert.Empty(await app.VerifyAsync());
        Assert.Equal("226.25", (string?)(await client.GetJsonAsync("/api/v1/costs?granularity=total"))["items"]![0]!["total_cost_usd"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_servers_that_archive_one_month_at_once_move_each_event_once(Engine engine)
    {
        using var folder = new TempFolder();
        using var database = new TestDatabase(engine);
        await using var app = new PodcastoCostsApp(database, ("Archive:Directory", folder.Path));
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 6_000));
        var runs = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => ServerProcess.RunAsync(database, "archive", "--month", "2025-03", "--Archive:Directory", folder.Path))
        );
        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Output));
        Assert.Contains(runs, run => run.Output.Contains("6000 events of 2025-03 are in the archive", StringComparison.Ordinal));
        Assert.Contains(runs, run => run.Output.Contains("nothing to archive", StringComparison.Ordinal));
        Assert.Single(folder.Files("*.parquet"));
        Assert.Equal(0, await CountAsync(app));
        Assert.Empty(await app.VerifyAsync());
    }

    private static JsonNode Dearer(JsonNode node)
    {
        node["unit_cost_usd"] = "7";
        return node;
    }

    private static async Task<List<string>> ReadAsync(HttpClient client, IEnumerable<string> paths)
    {
        var answers = new List<string>();
        foreach (var path in paths)
        {
            using var response = await client.GetAsync(path);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
            Assert.True(text.Length > 60, $"{path} is empty: {text}");
            answers.Add(text);
        }

        return answers;
    }

    private static void AssertSame(string[] paths, List<string> before, List<string> after)
    {
        for (var index = 0; index < paths.Length; index++)
            Assert.True(before[index] == after[index], $"{paths[index]}\n{before[index]}\nis now\n{after[index]}");
    }

    private static void AssertSamePages(IReadOnlyList<JsonNode> before, IReadOnlyList<JsonNode> after) =>
        Assert.Equal(before.Select(node => node.ToJsonString()), after.Select(node => node.ToJsonString()));

    private static Task<long> CountAsync(PodcastoCostsApp app) => app.ReadAsync<long>("select count(*) from cost_tracking_events");
}
