using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Lists;

public sealed class ListTests
{
    [Theory]
    [InlineData("daily?limit=0")]
    [InlineData("daily?limit=1001")]
    [InlineData("daily?from=2025-02-01&to=2025-01-01")]
    [InlineData("daily?from=yesterday")]
    [InlineData("daily?cursor=abc")]
    [InlineData("daily?colour=red")]
    [InlineData("daily?from=2025-01-01&from=2025-01-02")]
    [InlineData("daily/2025-13-01")]
    [InlineData("monthly/2025-13")]
    [InlineData("events?event_type=party")]
    [InlineData("events?priced_by=me")]
    [InlineData("events?episode_id=12")]
    [InlineData("events?from=2025-01-01")]
    [InlineData("events/12")]
    [InlineData("episodes?sort=colour")]
    [InlineData("episodes/12/costs")]
    [InlineData("costs?group_by=colour")]
    [InlineData("costs?group_by=service,service")]
    [InlineData("costs?granularity=year")]
    [InlineData("costs?category=party")]
    [InlineData("pricing/current")]
    [InlineData("podcasts?format=xml")]
    public async Task A_query_that_makes_no_sense_is_refused(string query)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        Assert.Equal(400, (int)(await client.GetAsync($"/api/v1/{query}")).StatusCode);
    }

    [Fact]
    public async Task A_cursor_of_another_list_or_filter_is_refused()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var price = "{\"service\":\"SERVICE\",\"unit\":\"emails\",\"unit_cost_usd\":1}";
        foreach (var service in new[] { "a", "b" })
            Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", price.Replace("SERVICE", service, StringComparison.Ordinal))).Status);
        var cursor = (string)(await client.GetJsonAsync("/api/v1/pricing?limit=1"))["next_cursor"]!;
        Assert.Single((await client.GetJsonAsync($"/api/v1/pricing?limit=1&cursor={cursor}"))["items"]!.AsArray());
        Assert.Equal(400, (int)(await client.GetAsync($"/api/v1/pricing?unit=emails&cursor={cursor}")).StatusCode);
        Assert.Equal(400, (int)(await client.GetAsync($"/api/v1/daily?cursor={cursor}")).StatusCode);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Csv_is_whole_and_its_formulas_are_harmless(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        var titles = new[] { "=SUM(A1:A9)", "+1", "-1", "@x", "\tx", "\rx", "plain, \"quoted\"" };
        var episode = "0198d0c6-0000-7000-8000-0000000000";
        for (var index = 0; index < titles.Length; index++)
        {
            var title = System.Text.Json.JsonSerializer.Serialize(titles[index]);
            var entry = $"{{\"podcast_id\":\"0198d0c6-0000-7000-8000-000000000001\",\"title\":{title}}}";
            Assert.Equal(200, (await client.PutAsync($"/api/v1/episodes/{episode}1{index}", entry)).Status);
            var sent =
                $"{{\"event_type\":\"other\",\"service\":\"acme\",\"quantity\":1,\"unit\":\"units\",\"unit_cost_usd\":{index}.5,\"episode_id\":\"{episode}1{index}\"}}";
            Assert.Equal(200, (await client.PostAsync("/api/v1/events", sent)).Status);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/episodes?limit=1");
        request.Headers.Accept.ParseAdd("text/csv");
        using var response = await client.SendAsync(request);
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        var csv = await response.Content.ReadAsStringAsync();
        foreach (var title in titles[..6])
            Assert.Contains($"'{title}", csv, StringComparison.Ordinal);
        Assert.Contains("\"plain, \"\"quoted\"\"\"", csv, StringComparison.Ordinal);
        Assert.Contains(",0.5,", csv, StringComparison.Ordinal);
    }
}
