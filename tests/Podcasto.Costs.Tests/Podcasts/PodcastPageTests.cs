using System.Net;
using System.Text.Json.Nodes;
using Podcasto.Costs.Server.Dashboard.Text;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Podcasts;

public sealed class PodcastPageTests
{
    private const string Podcast = "0198d0c6-0000-7000-8000-000000000099";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_pages_show_what_the_interface_answers(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var reader = await app.SignInAsync();
        const string Days = "from=2025-08-10&to=2025-09-20";
        var answered = await AcceptanceBooks.AllAsync(client, $"/api/v1/podcasts?{Days}");
        Assert.Equal(Ids(answered), await reader.RowsAsync($"/podcasts?{Days}", "/podcasts/"));
        var ascending = answered.OrderBy(item => (long)item["episode_count"]!).ThenBy(item => (string)item["podcast_id"]!, StringComparer.Ordinal);
        Assert.Equal(Ids(ascending), await reader.RowsAsync($"/podcasts?{Days}&sort=episode_count", "/podcasts/"));

        foreach (var podcast in answered)
        {
            var html = await reader.PageAsync($"/podcasts/{podcast["podcast_id"]}?{Days}");
            Assert.Contains($">{MoneyText.Short(Amount(podcast["total_cost_usd"]!))}</data>", html, StringComparison.Ordinal);
            Assert.Contains($">{MoneyText.Short(Amount(podcast["avg_cost_per_episode_usd"]!))}</data>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("Sons <b>", html, StringComparison.Ordinal);
        }

        var costs = await client.GetJsonAsync($"/api/v1/costs?{Days}&granularity=total&group_by=category&podcast_id={answered[0]["podcast_id"]}");
        var page = await reader.PageAsync($"/podcasts/{answered[0]["podcast_id"]}?{Days}");
        foreach (var cell in costs["items"]!.AsArray())
            Assert.Contains($">{MoneyText.Short(Amount(cell!["total_cost_usd"]!))}</data>", page, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_episode_that_costs_much_more_than_the_others_is_marked(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        for (var index = 0; index < 9; index++)
        {
            var episode = $"0198d0c6-0000-7000-8000-00000000000{index}";
            var entry = $$"""{"podcast_id": "{{Podcast}}", "title": "Number {{index}}", "published_at": "2025-03-0{{9 - index}}T08:00:00Z"}""";
            Assert.Equal(200, (await client.PutAsync($"/api/v1/episodes/{episode}", entry)).Status);
            var sent = $$"""
                {"event_type": "other", "service": "acme", "quantity": 1, "unit": "units", "unit_cost_usd": {{(index == 4 ? "7.5" : $"1.0{index}")}},
                 "episode_id": "{{episode}}", "timestamp": "2025-03-04T05:06:07Z"}
                """;
            Assert.Equal(200, (await client.PostAsync("/api/v1/events", sent)).Status);
        }

        var html = await (await app.SignInAsync()).PageAsync($"/podcasts/{Podcast}?from=2025-03-01&to=2025-03-31");
        Assert.Contains("1 episode stands out", html, StringComparison.Ordinal);
        // By publication, Number 8 comes first: the fifth is Number 4.
        Assert.Contains("\"marked\":[4]", html, StringComparison.Ordinal);
        Assert.Contains("7.1 × the median", html, StringComparison.Ordinal);
        Assert.Contains("5 × the median absolute deviation", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_podcast_without_title_or_events_has_a_page_and_an_unknown_one_is_not_found()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        Assert.Equal(200, (await client.PutAsync($"/api/v1/podcasts/{Podcast}", """{"title": "Quiet"}""")).Status);
        const string Untitled = "0198d0c6-0000-7000-8000-000000000098";
        var sent = $$"""{"event_type": "other", "service": "acme", "quantity": 1, "unit": "units", "podcast_id": "{{Untitled}}"}""";
        Assert.Equal(200, (await client.PostAsync("/api/v1/events", sent)).Status);
        var reader = await app.SignInAsync();
        Assert.Contains("Nothing has been charged to this podcast yet", await reader.PageAsync($"/podcasts/{Podcast}"), StringComparison.Ordinal);
        Assert.Contains("Podcast 0198d0c6…", await reader.PageAsync($"/podcasts/{Untitled}?range=nonsense&from=x"), StringComparison.Ordinal);
        Assert.Contains("Podcast 0198d0c6…", await reader.PageAsync("/podcasts?sort=colour&cursor=abc"), StringComparison.Ordinal);
        using var unknown = await reader.GetAsync("/podcasts/0198d0c6-0000-7000-8000-00000000dead");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static decimal Amount(JsonNode node) => decimal.Parse((string)node!, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Ids(IEnumerable<JsonNode> podcasts) => podcasts.Select(podcast => (string)podcast["podcast_id"]!);
}
