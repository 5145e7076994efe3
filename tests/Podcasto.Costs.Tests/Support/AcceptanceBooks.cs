using System.Text.Json.Nodes;

namespace Podcasto.Costs.Tests.Support;

/// <summary>The acceptance data, and what it must cost; see Acceptance/data/README.md.</summary>
internal static class AcceptanceBooks
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Acceptance", "data");

    /// <summary>The events, an object a line.</summary>
    public static readonly string[] Lines = File.ReadAllLines(Path.Combine(Folder, "events.ndjson"));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>Takes prices, catalog and events in.</summary>
    public static async Task LoadAsync(HttpClient client)
    {
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", Read("pricing.json"))).Status);
        Assert.Equal(200, (await client.PutAsync("/api/v1/catalog", Read("catalog.json"))).Status);
        Assert.Equal(200, (await client.PostAsync("/api/v1/events", string.Join('\n', Lines), "application/x-ndjson")).Status);
    }

    /// <summary>Every number that the acceptance data expects.</summary>
    public static async Task AssertAsync(HttpClient client)
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
    public static async Task<IReadOnlyList<JsonNode>> AllAsync(HttpClient client, string path)
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
}
