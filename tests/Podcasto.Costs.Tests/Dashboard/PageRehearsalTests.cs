using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcasto.Costs.Server.Dashboard;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Dashboard;

/// <summary>The first reader of a large ledger waits for no compiler.</summary>
public sealed class PageRehearsalTests
{
    private const string Podcast = "0198d0c6-2222-7000-8000-000000000001";
    private const string Episode = "0198d0c6-1111-7000-8000-000000000001";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_pages_that_readers_open_are_drawn_ahead_each_by_its_own_address(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        var rehearsal = app.Services.GetServices<IHostedService>().OfType<PageRehearsal>().Single();
        Assert.Empty(await rehearsal.RunAsync(CancellationToken.None));

        var (status, _) = await client.PostAsync(
            "/api/v1/events",
            $$"""
            {"event_type": "other", "service": "acme", "quantity": 1, "unit": "units", "unit_cost_usd": 2, "timestamp": "2025-03-10T04:05:06Z",
             "podcast_id": "{{Podcast}}", "episode_id": "{{Episode}}"}
            """
        );
        Assert.Equal(200, status);
        string[] fixedPaths = ["/", "/podcasts", "/episodes", "/explorer", "/events", "/months", "/months/2025-03", "/prices"];
        Assert.Equal([.. fixedPaths, $"/podcasts/{Podcast}", $"/episodes/{Episode}"], await rehearsal.RunAsync(CancellationToken.None));
    }
}
