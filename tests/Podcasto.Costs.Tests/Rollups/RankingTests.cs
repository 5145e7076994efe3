using System.Globalization;
using System.Text.Json.Nodes;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Rollups;

/// <summary>Batches of many episodes leave their order by cost for later; nobody may see that.</summary>
public sealed class RankingTests
{
    private const int Episodes = 1_200;

    private readonly decimal[] _costs = new decimal[Episodes];
    private int _next;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_dearest_episodes_come_first_while_a_back_fill_runs_and_after_it(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await SendAsync(client, Episodes);
        await AssertOrderAsync(client);
        await AssertRankedAsync(app, engine);
        await AssertOrderAsync(client);

        // Now half of the episodes stand in their places and half do not, with equal costs on both sides.
        await SendAsync(client, Episodes / 2);
        await AssertOrderAsync(client);
        // One event, on an episode of either half.
        await SendAsync(client, 1);
        await SendAsync(client, 1, first: Episodes - 1);
        await AssertOrderAsync(client);
        await AssertRankedAsync(app, engine);
        await AssertOrderAsync(client);
        Assert.Empty(await app.VerifyAsync());
    }

    private async Task SendAsync(HttpClient client, int episodes, int first = 0)
    {
        var events = new JsonArray();
        for (var episode = first; episode < first + episodes; episode++)
        {
            var cost = (episode * 7919 % 100 + 1) * 0.000001m;
            _costs[episode] += cost;
            events.Add(
                new JsonObject
                {
                    ["id"] = Id(0x7000, _next++),
                    ["event_type"] = "other",
                    ["service"] = "acme",
                    ["quantity"] = 1,
                    ["unit"] = "units",
                    ["unit_cost_usd"] = DecimalText.Format(cost),
                    ["episode_id"] = Id(0x4000, episode),
                    ["timestamp"] = "2026-03-01T00:00:00Z",
                }
            );
        }

        Assert.Equal(200, (await client.PostAsync("/api/v1/events", events.ToJsonString())).Status);
    }

    private async Task AssertOrderAsync(HttpClient client)
    {
        var expected = Enumerable
            .Range(0, Episodes)
            .OrderByDescending(episode => _costs[episode])
            .ThenBy(episode => episode)
            .Select(episode => $"{Id(0x4000, episode)} {DecimalText.Format(_costs[episode])}");
        var listed = new List<string>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = await client.GetJsonAsync($"/api/v1/episodes?limit=500{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}");
            listed.AddRange(page["items"]!.AsArray().Select(item => $"{item!["episode_id"]} {item["total_cost_usd"]}"));
            cursor = (string?)page["next_cursor"];
        }

        Assert.Equal(expected, listed);
    }

    private static async Task AssertRankedAsync(PodcastoCostsApp app, Engine engine)
    {
        if (engine == Engine.Sqlite)
            return;
        for (var wait = 0; await app.ReadAsync<long>("select count(*) from episode_costs where ranked_cost_usd is null") > 0; wait++)
        {
            Assert.True(wait < 300, "The episodes were not ranked within half a minute.");
            await Task.Delay(100);
        }
    }

    private static string Id(int version, int number) => string.Create(CultureInfo.InvariantCulture, $"0198d0c6-0000-{version:x4}-8000-{number:x12}");
}
