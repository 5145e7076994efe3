using Microsoft.Playwright;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Dashboard;

/// <summary>The pictures of the docs, of the demo: no test, and run only by docs/screenshots.sh.</summary>
public sealed class Screenshots(Chromium chromium)
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", "/?range=90d"),
        ("podcast", "/podcasts/{podcast}?range=90d"),
        ("months", "/months"),
        ("explorer", "/explorer?group_by=model&range=90d"),
        ("prices", "/prices?service=gemini_tts"),
    ];

    [Fact(Explicit = true)]
    public async Task Of_the_demo()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        await using var server = await ServerProcess.StartWithAsync(database, ["--demo"], settings: ("Pricing:Seed", "true"));
        var podcast = (string)(await server.Client.GetJsonAsync("/api/v1/podcasts?limit=1"))["items"]![0]!["podcast_id"]!;
        foreach (var (name, path) in Pages)
            await TakeAsync(server, name, path.Replace("{podcast}", podcast, StringComparison.Ordinal), ColorScheme.Light, 1_440);
        await TakeAsync(server, "overview-dark", "/?range=90d", ColorScheme.Dark, 1_440);
        await TakeAsync(server, "overview-phone", "/?range=90d", ColorScheme.Light, 400);
    }

    private async Task TakeAsync(ServerProcess server, string name, string path, ColorScheme scheme, int width)
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Client.BaseAddress!, scheme, width);
        await reader.SignInAsync(PodcastoCostsApp.AdminKey);
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Cost overview");
        await reader.Page.GotoAsync(path);
        foreach (var chart in await reader.Page.Locator("cost-chart:visible").AllAsync())
            await Assertions.Expect(chart).ToHaveAttributeAsync("data-drawn", "true");
        // The bars grow for a moment.
        await Task.Delay(600);
        await reader.Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "docs", "pictures", $"{name}.png") });
    }
}
