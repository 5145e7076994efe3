using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Acceptance;

/// <summary>A podcast pipeline's prices, catalog and events, with what each episode, day and month must cost; see data/README.md.</summary>
public sealed class AcceptanceTests
{
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
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", AcceptanceBooks.Read("pricing.json"))).Status);
        Assert.Equal(200, (await client.PutAsync("/api/v1/catalog", AcceptanceBooks.Read("catalog.json"))).Status);

        AssertTotals(await SendAsync(client, way, AcceptanceBooks.Lines));
        await AcceptanceBooks.AssertAsync(client);
        Assert.Empty(await app.VerifyAsync());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_catalog_that_comes_in_the_middle_gives_the_same_numbers(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", AcceptanceBooks.Read("pricing.json"))).Status);

        // Shuffled, and the catalog in parts while the events arrive.
        var lines = AcceptanceBooks.Lines.ToArray();
        new Random(7).Shuffle(lines);
        var sending = SendAsync(client, Way.Arrays, lines);
        var catalog = JsonNode.Parse(AcceptanceBooks.Read("catalog.json"))!;
        foreach (var episode in catalog["episodes"]!.AsArray().OrderByDescending(episode => (string?)episode!["id"]))
        {
            var wrong = new JsonObject { ["podcast_id"] = "00000000-0000-4000-8000-00000000000f", ["title"] = "not yet" };
            Assert.Equal(200, (await client.PutAsync($"/api/v1/episodes/{episode!["id"]}", wrong.ToJsonString())).Status);
        }

        Assert.Equal(200, (await client.PutAsync("/api/v1/catalog", catalog.ToJsonString())).Status);
        AssertTotals(await sending);
        await AcceptanceBooks.AssertAsync(client);
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
        var expected = JsonNode.Parse(AcceptanceBooks.Read("expected/totals.json"))!;
        Assert.Equal((int)expected["accepted"]!, sent.Accepted);
        Assert.Equal((int)expected["duplicates"]!, sent.Duplicates);
        Assert.Equal((int)expected["unpriced"]!, sent.Unpriced);
        Assert.Equal((string)expected["total_cost_usd"]!, Core.Numbers.DecimalText.Format(sent.Total));
    }
}
