using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Dashboard;

/// <summary>The small drawings beside the figures.</summary>
public sealed class TrendTests
{
    private const string Podcast = "0198d0c6-2222-7000-8000-000000000001";
    private const string First = "0198d0c6-1111-7000-8000-000000000001";
    private const string Second = "0198d0c6-1111-7000-8000-000000000002";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Each_figure_has_the_trend_of_its_days_and_is_drawn_over_days_that_have_none(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        foreach (var (episode, seconds) in new[] { (First, 60), (Second, 120) })
        {
            var entry = $$"""{"podcast_id": "{{Podcast}}", "title": "t", "duration_seconds": {{seconds}}}""";
            Assert.Equal(200, (await client.PutAsync($"/api/v1/episodes/{episode}", entry)).Status);
        }

        // On the second day nothing is an episode's.
        JsonArray events = [Event(10, First, "2"), Event(11, null, "5"), Event(12, First, "0.5"), Event(12, Second, "1.5")];
        Assert.Equal(200, (await client.PostAsync("/api/v1/events", events.ToJsonString())).Status);
        var reader = await app.SignInAsync();
        foreach (var page in new[] { "/", $"/podcasts/{Podcast}" })
        {
            var html = await reader.PageAsync($"{page}?from=2025-03-10&to=2025-03-12");
            // From 0 to 200 in time, from 38 up to 2 in dollars: all spend 2, 5, 2; an episode 2 and 1; a minute 2 and 2/3.
            foreach (var line in new[] { "M0 23.6 L100 2 L200 23.6", "M0 2 L200 20", "M0 2 L200 26" })
                Assert.Contains($"class=\"spark-line\" d=\"{line}\"", html, StringComparison.Ordinal);
        }
    }

    private static JsonObject Event(int day, string? episode, string usd) =>
        new()
        {
            ["event_type"] = "other",
            ["service"] = "acme",
            ["quantity"] = 1,
            ["unit"] = "units",
            ["unit_cost_usd"] = usd,
            ["podcast_id"] = Podcast,
            ["episode_id"] = episode,
            ["timestamp"] = $"2025-03-{day}T04:05:06Z",
        };
}
