using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

public sealed class TwoServersTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_processes_that_start_on_one_empty_database_count_every_event_once(Engine engine)
    {
        using var database = new TestDatabase(engine);
        var servers = await Task.WhenAll(ServerProcess.StartAsync(database), ServerProcess.StartAsync(database));
        try
        {
            // Both get all events, each in an order of its own, in small and large bodies.
            var events = Enumerable.Range(0, 1_500).Select(Event).ToArray();
            var accepted = await Task.WhenAll(
                SendAsync(servers[0].Client, events, 1, 100),
                SendAsync(servers[1].Client, events, 2, 100),
                SendAsync(servers[0].Client, events, 3, 7),
                SendAsync(servers[1].Client, events, 4, 7)
            );
            Assert.Equal(events.Length, accepted.Sum());

            var total = await servers[1].Client.GetJsonAsync("/api/v1/costs?granularity=total");
            Assert.Equal(events.Length, (int)total["items"]![0]!["event_count"]!);
            Assert.Equal("168.75", (string)total["items"]![0]!["total_cost_usd"]!);
            var (exitCode, output) = await ServerProcess.RunAsync(database, "verify");
            Assert.True(exitCode == 0, output);
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Verify_names_a_difference_and_rebuild_mends_it(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var server = await ServerProcess.StartAsync(database);
        await SendAsync(server.Client, [.. Enumerable.Range(0, 50).Select(Event)], 1, 50);
        await using (var app = new PodcastoCostsApp(database))
        {
            await app.StartAsync();
            await app.ExecuteAsync("update daily_cost_summary set total_cost_usd = '17' where date = '2025-03-01'");
            await app.ExecuteAsync("delete from episode_costs where episode_id = '0198d0c6-0000-7000-8000-000000000003'");
        }

        var (different, output) = await ServerProcess.RunAsync(database, "verify");
        Assert.Equal(1, different);
        Assert.Contains("daily_cost_summary 2025-03-01: total_cost_usd is 17", output, StringComparison.Ordinal);
        Assert.Contains("episode_costs 0198d0c6-0000-7000-8000-000000000003 is missing", output, StringComparison.Ordinal);
        Assert.Equal(0, (await ServerProcess.RunAsync(database, "rebuild", "--from", "2025-03-01", "--to", "2025-03-02")).ExitCode);
        Assert.Equal(0, (await ServerProcess.RunAsync(database, "verify")).ExitCode);
        Assert.Equal(2, (await ServerProcess.RunAsync(database, "rebuild", "--from", "soon")).ExitCode);
    }

    private static async Task<int> SendAsync(HttpClient client, JsonNode[] events, int seed, int size)
    {
        var order = events.Select(node => node.ToJsonString()).ToArray();
        new Random(seed).Shuffle(order);
        var accepted = 0;
        foreach (var chunk in order.Chunk(size))
        {
            var (status, body) = await client.PostAsync("/api/v1/events", $"[{string.Join(',', chunk)}]");
            Assert.True(status == 200, body?.ToJsonString());
            accepted += (int)body!["accepted"]!;
        }

        return accepted;
    }

    private static JsonNode Event(int index) =>
        new JsonObject
        {
            ["id"] = $"0198d0c6-{index % 97:x4}-7000-8000-{index:x12}",
            ["event_type"] = "other",
            ["service"] = index % 2 == 0 ? "gemini_tts" : "acme",
            ["quantity"] = 0.5,
            ["unit"] = "units",
            ["unit_cost_usd"] = "0.225",
            ["episode_id"] = $"0198d0c6-0000-7000-8000-{index % 40 + 1:x12}",
            ["timestamp"] = $"2025-03-{index % 28 + 1:00}T12:00:00Z",
        };
}
