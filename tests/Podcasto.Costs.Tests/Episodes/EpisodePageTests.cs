using System.Net;
using System.Text.Json.Nodes;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Dashboard.Text;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Episodes;

public sealed class EpisodePageTests
{
    private const string Unknown = "0198d0c6-0000-7000-8000-00000000dead";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_pages_show_what_the_interface_answers(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var reader = await app.SignInAsync();
        string[] queries =
        [
            "",
            "sort=title",
            "sort=-duration_seconds",
            "sort=-s3_operations_cost_usd",
            "from=2025-09-10&to=2025-10-10&sort=last_event_at",
        ];
        foreach (var query in queries)
        {
            var answered = await AcceptanceBooks.AllAsync(client, $"/api/v1/episodes?{query}");
            Assert.Equal(Ids(answered), await reader.RowsAsync($"/episodes?{query}", "/episodes/"));
        }

        foreach (var episode in (await AcceptanceBooks.AllAsync(client, "/api/v1/episodes")).Take(3))
            await AssertShowsAsync(reader, episode);
        Assert.DoesNotContain("Sons <b>", await reader.PageAsync("/episodes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_column_can_be_chosen_and_what_sorts_shows()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        await AcceptanceBooks.LoadAsync(await app.StartAsync());
        var reader = await app.SignInAsync();
        var html = await reader.PageAsync("/episodes?columns=total_tokens&columns=storage_mb&sort=-email_cost_usd");
        foreach (var column in new[] { "total_tokens", "storage_mb", "email_cost_usd" })
            Assert.Contains($"value=\"{column}\" checked", html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"total_cost_usd\" checked", html, StringComparison.Ordinal);
        Assert.Contains("aria-sort=\"descending\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/episodes?sort=colour&range=never&podcast=1&cursor=abc&columns=x&search=%00")]
    [InlineData("/episodes?from=2025-13-01&to=x&limit=0&sort=-")]
    [InlineData("/episodes?sort=title&cursor=W251bGwsbnVsbF0")]
    public async Task Nonsense_in_an_address_is_left_out(string address)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        await app.StartAsync();
        Assert.Contains("No episode", await (await app.SignInAsync()).PageAsync(address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_episode_without_events_says_so_and_an_unknown_one_is_not_found()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var known = "0198d0c6-0000-7000-8000-000000000001";
        Assert.Equal(200, (await client.PutAsync($"/api/v1/episodes/{known}", $$"""{"podcast_id": "{{known}}", "title": "Soon"}""")).Status);
        var reader = await app.SignInAsync();
        Assert.Contains("Nothing has been charged to this episode yet", await reader.PageAsync($"/episodes/{known}"), StringComparison.Ordinal);
        foreach (var id in new[] { Unknown, "12", "%3Cb%3E" })
        {
            using var response = await reader.GetAsync($"/episodes/{id}");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains("There is no such page", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task AssertShowsAsync(HttpClient reader, JsonNode episode)
    {
        var html = await reader.PageAsync($"/episodes/{episode["episode_id"]}");
        foreach (var name in Categories.Names.Select(category => $"{category}_cost_usd").Append("total_cost_usd"))
            Assert.Contains($">{MoneyText.Exact(Amount(episode[name]!))}<", html, StringComparison.Ordinal);
        Assert.Contains($">{NumberText.Of(Amount(episode["total_tokens"]!))}<", html, StringComparison.Ordinal);
        var count = (long)episode["event_count"]!;
        Assert.Contains($"{NumberText.Count(count, "event", "events")}, newest first", html, StringComparison.Ordinal);
        Assert.Equal(count, (await reader.RowsAsync($"/episodes/{episode["episode_id"]}", "/events/")).Count);
    }

    private static decimal Amount(JsonNode node) => decimal.Parse((string)node!, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Ids(IEnumerable<JsonNode> episodes) => episodes.Select(episode => (string)episode["episode_id"]!);
}
