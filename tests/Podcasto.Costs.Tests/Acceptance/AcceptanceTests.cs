using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Acceptance;

/// <summary>A podcast pipeline's prices, catalog and events, with what each episode, day and month must cost; see data/README.md.</summary>
public sealed class AcceptanceTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Acceptance", "data");
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Folder, "events.ndjson"));

    public enum Way
    {
        OneByOne,
        Arrays,
        Ndjson,
    }

    public static TheoryData<Engine, Way> EnginesAndWays()
    {
        var data = new TheoryData<Engine, Way>();
        foreach (var engine in Enum.GetValues<Engine>())
        {
            foreach (var way in Enum.GetValues<Way>())
                data.Add(engine, way);
        }

        return data;
    }

    [Theory, MemberData(nameof(EnginesAndWays))]
    public async Task Every_number_comes_out_exactly(Engine engine, Way way)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", Read("pricing.json"))).Status);
        Assert.Equal(200, (await client.PutAsync("/api/v1/catalog", Read("catalog.json"))).Status);

        AssertTotals(await SendAsync(client, way, Lines));
        await AssertBooksAsync(client);
        Assert.Empty(await app.VerifyAsync());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_catalog_that_comes_in_the_middle_gives_the_same_numbers(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", Read("pricing.json"))).Status);

        // Shuffled, and the catalog in parts while the events arrive.
        var lines = Lines.ToArray();
        new Random(7).Shuffle(lines);
        var sending = SendAsync(client, Way.Arrays, lines);
        var catalog = JsonNode.Parse(Read("catalog.json"))!;
        foreach (var episode in catalog["episodes"]!.AsArray().OrderByDescending(episode => (string?)episode!["id"]))
        {
            var wrong = new JsonObject { ["podcast_id"] = "00000000-0000-4000-8000-00000000000f", ["title"] = "not yet" };
            Assert.Equal(200, (await client.PutAsync($"/api/v1/episodes/{episode!["id"]}", wrong.ToJsonString())).Status);
        }

        Assert.Equal(200, (await client.PutAsync("/api/v1/catalog", catalog.ToJsonString())).Status);
        AssertTotals(await sending);
        await AssertBooksAsync(client);
        Assert.Empty(await app.VerifyAsync());
    }

    private static async Task<(int Accepted, int Duplicates, int Unpriced, decimal Total)> SendAsync(HttpClient client, Way way, string[] lines)
    {
        const int Connections = 6;
        var parts = way switch
        {
            Way.OneByOne => lines.Select(line => (Body: line, Type: "application/json")),
            Way.Arrays => lines.Chunk(100).Select(chunk => (Body: $"[{string.Join(',', chunk)}]", Type: "application/json")),
            _ => lines.Chunk(400).Select(chunk => (Body: string.Join('\n', chunk), Type: "application/x-ndjson")),
        };
        var (accepted, duplicates, unpriced, total) = (0, 0, 0, 0m);
        var gate = new Lock();
        await Parallel.ForEachAsync(
            parts,
            new ParallelOptions { MaxDegreeOfParallelism = Connections },
            async (part, _) =>
            {
                var (status, body) = await client.PostAsync("/api/v1/events", part.Body, part.Type);
                Assert.True(status == 200, body?.ToJsonString());
                lock (gate)
                {
                    accepted += (int)body!["accepted"]!;
                    duplicates += (int)body["duplicates"]!;
                    unpriced += (int)body["unpriced"]!;
                    total += decimal.Parse((string)body["total_cost_usd"]!, System.Globalization.CultureInfo.InvariantCulture);
                }
            }
        );
        return (accepted, duplicates, unpriced, total);
    }

    private static void AssertTotals((int Accepted, int Duplicates, int Unpriced, decimal Total) sent)
    {
        var expected = JsonNode.Parse(Read("expected/totals.json"))!;
        Assert.Equal((int)expected["accepted"]!, sent.Accepted);
        Assert.Equal((int)expected["duplicates"]!, sent.Duplicates);
        Assert.Equal((int)expected["unpriced"]!, sent.Unpriced);
        Assert.Equal((string)expected["total_cost_usd"]!, Core.Numbers.DecimalText.Format(sent.Total));
    }

    private static async Task AssertBooksAsync(HttpClient client)
    {
        AssertSame("episodes.json", await AllAsync(client, "/api/v1/episodes?sort=episode_id"));
        AssertSame("daily.json", (await AllAsync(client, "/api/v1/daily")).Reverse());
        AssertSame("monthly.json", (await AllAsync(client, "/api/v1/monthly")).Reverse());
        AssertSameSet(
            "costs_by_service_and_month.json",
            await AllAsync(client, "/api/v1/costs?group_by=service&granularity=month"),
            item => $"{item["period"]} {item["service"]}"
        );
    }

    /// <summary>Pages through a list, some items at a time.</summary>
    private static async Task<IReadOnlyList<JsonNode>> AllAsync(HttpClient client, string path)
    {
        var items = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = await client.GetJsonAsync(
                $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=7{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            cursor = (string?)page["next_cursor"];
        } while (cursor is not null);
        return items;
    }

    private static void AssertSame(string file, IEnumerable<JsonNode> actual)
    {
        var expected = JsonNode.Parse(Read($"expected/{file}"))!.AsArray();
        var items = actual.ToList();
        Assert.Equal(expected.Count, items.Count);
        for (var index = 0; index < expected.Count; index++)
            AssertHolds(expected[index]!, items[index], $"{file}[{index}]");
    }

    private static void AssertSameSet(string file, IEnumerable<JsonNode> actual, Func<JsonNode, string> key)
    {
        var expected = JsonNode.Parse(Read($"expected/{file}"))!.AsArray().ToDictionary(item => key(item!), item => item!);
        var items = actual.ToDictionary(key);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), items.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, item) in expected)
            AssertHolds(item, items[name], $"{file} {name}");
    }

    // Answers may have more fields than the expectation names.
    private static void AssertHolds(JsonNode expected, JsonNode actual, string where)
    {
        foreach (var (name, value) in expected.AsObject())
            Assert.True(JsonNode.DeepEquals(value, actual[name]), $"{where}.{name}: {actual[name]?.ToJsonString()} is not {value?.ToJsonString()}");
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));
}
