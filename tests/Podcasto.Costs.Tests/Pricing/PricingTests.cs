using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Pricing;

public sealed class PricingTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_later_price_closes_an_open_one_and_events_keep_the_price_of_their_own_time(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        Assert.Equal(
            201,
            (await AddAsync(client, "\"unit_cost_usd\":\"0.005\",\"unit_quantity\":1000,\"effective_from\":\"2025-01-01T00:00:00Z\"")).Status
        );
        Assert.Equal(
            201,
            (await AddAsync(client, "\"unit_cost_usd\":\"0.006\",\"unit_quantity\":1000,\"effective_from\":\"2025-06-01T00:00:00Z\"")).Status
        );
        Assert.Equal("0.000005", await UnitCostAsync(client, "2025-05-31T23:59:59.999999Z"));
        Assert.Equal("0.000006", await UnitCostAsync(client, "2025-06-01T00:00:00Z"));
        var prices = (await client.GetJsonAsync("/api/v1/pricing"))["items"]!.AsArray();
        Assert.Equal("2025-06-01T00:00:00Z", (string?)prices[0]!["effective_to"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_prices_that_race_for_one_span_do_not_both_get_in(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(index =>
                    AddAsync(
                        client,
                        $"\"unit_cost_usd\":{index},\"effective_from\":\"2025-01-01T00:00:00Z\",\"effective_to\":\"2025-02-01T00:00:00Z\""
                    )
                )
        );
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(7, answers.Count(answer => answer.Status == 409));
    }

    [Theory]
    [InlineData("\"unit_cost_usd\":1,\"effective_from\":\"2025-02-01T00:00:00Z\",\"effective_to\":\"2025-01-01T00:00:00Z\"")]
    [InlineData("\"unit_cost_usd\":1,\"unit_quantity\":3")]
    [InlineData("\"unit_cost_usd\":1,\"unit_quantity\":0")]
    [InlineData("\"unit_cost_usd\":1,\"unit_quantity\":10000000000")]
    [InlineData("\"unit_cost_usd\":\"0.0000001\",\"unit_quantity\":1000000000")]
    [InlineData("\"unit_cost_usd\":-1")]
    [InlineData("\"unit_cost_usd\":1,\"colour\":1")]
    [InlineData("\"unit_cost_usd\":1,\"unit\":\"tokens\"")]
    public async Task A_price_that_makes_no_sense_is_refused(string fields)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var (status, problem) = await AddAsync(client, fields);
        Assert.Equal(400, status);
        Assert.NotEmpty(problem!["errors"]!.AsObject());
    }

    [Fact]
    public async Task An_array_with_one_overlap_adds_nothing()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var price = "{\"service\":\"ses\",\"unit\":\"emails\",\"unit_cost_usd\":1,\"effective_from\":\"2025-01-01T00:00:00Z\"}";
        Assert.Equal(409, (await client.PostAsync("/api/v1/pricing", $"[{price},{price}]")).Status);
        Assert.Empty((await client.GetJsonAsync("/api/v1/pricing"))["items"]!.AsArray());
    }

    [Fact]
    public async Task The_start_up_price_list_loads_once_and_one_put_costs_five_millionths()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        for (var start = 0; start < 2; start++)
        {
            await using var app = new PodcastoCostsApp(database, ("Pricing:Seed", "true"));
            var client = await app.StartAsync();
            Assert.Equal(88, (await client.GetJsonAsync("/api/v1/pricing?limit=1000"))["items"]!.AsArray().Count);
            Assert.Equal("0.000005", await UnitCostAsync(client, "2025-05-31T00:00:00Z"));
        }
    }

    private static Task<(int Status, System.Text.Json.Nodes.JsonNode? Body)> AddAsync(HttpClient client, string fields) =>
        client.PostAsync("/api/v1/pricing", $"{{\"service\":\"s3_put\",\"unit\":\"requests\",{fields}}}");

    private static async Task<string> UnitCostAsync(HttpClient client, string timestamp)
    {
        var body = $"{{\"event_type\":\"s3_operation\",\"service\":\"s3_put\",\"quantity\":1,\"unit\":\"requests\",\"timestamp\":\"{timestamp}\"}}";
        var (status, receipt) = await client.PostAsync("/api/v1/events", body);
        Assert.Equal(200, status);
        return (string)receipt!["events"]![0]!["unit_cost_usd"]!;
    }
}
