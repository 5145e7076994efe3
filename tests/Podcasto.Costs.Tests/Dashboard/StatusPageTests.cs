using System.Net;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Dashboard;

/// <summary>What is not there, not allowed or broken is said on a page like any other to those who are signed in, and on a card to others.</summary>
public sealed class StatusPageTests
{
    private const string Navigation = "<nav aria-label=\"Main\">";

    [Fact]
    public async Task Readers_keep_the_navigation_and_the_address_that_they_asked_for()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        await app.StartAsync();
        var reader = await app.SignInAsync();
        foreach (var path in new[] { "/nowhere?x=1", "/events/nothing?x=1", "/no%20where?x=%3Cb%3E" })
        {
            using var response = await reader.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            var page = await response.Content.ReadAsStringAsync();
            Assert.Contains("There is no such page</h1>", page, StringComparison.Ordinal);
            Assert.Contains(Navigation, page, StringComparison.Ordinal);
            Assert.Contains($"name=\"return\" value=\"{path}\"", page, StringComparison.Ordinal);
            Assert.Contains($"href=\"{path}#content\"", page, StringComparison.Ordinal);
        }

        foreach (var path in new[] { "/error", "/forbidden" })
        {
            using var response = await reader.GetAsync(path);
            Assert.Contains(Navigation, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("/nowhere"), InlineData("/error"), InlineData("/forbidden")]
    public async Task Strangers_see_a_card_and_no_navigation(string path)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        using var response = await client.GetAsync(path);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("class=\"plain\"", page, StringComparison.Ordinal);
        Assert.Contains("<h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Navigation, page, StringComparison.Ordinal);
    }
}
