using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Dashboard;

/// <summary>What holds on every page.</summary>
public sealed class EveryPageTests(DashboardServer server, Chromium chromium) : IClassFixture<DashboardServer>
{
    // Axe leaves the size of targets out until it is asked: WCAG 2.2 has it.
    private static readonly AxeRunOptions Everything = new() { Rules = new() { ["target-size"] = new RuleOptions { Enabled = true } } };

    // What a narrow screen can change.
    private static readonly AxeRunOptions Layout = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["target-size", "scrollable-region-focusable", "color-contrast"] },
    };

    [Theory, InlineData(ColorScheme.Light), InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_the_browser_does_not_complain(ColorScheme scheme)
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address, scheme);
        await AssertAxeAsync(reader, Everything);
        reader.AssertNoComplaints();
    }

    [Fact]
    public async Task Axe_finds_nothing_on_a_phone()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address, width: 390);
        await AssertAxeAsync(reader, Layout);
    }

    [Theory, InlineData(360), InlineData(820), InlineData(1_100)]
    public async Task Nothing_scrolls_sideways_and_on_a_phone_no_table_hides_a_cost(int width)
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address, width: width);
        await reader.SignInAsync(PodcastoCostsApp.AdminKey);
        var found = new List<string>();
        foreach (var path in DashboardPages.OfViewers.Concat(DashboardPages.OfOperators))
        {
            await OpenAsync(reader, path);
            var wide = await reader.Page.EvaluateAsync<string[]>(
                """
                phone => [document.documentElement, ...(phone ? document.querySelectorAll(".scroll") : [])]
                  .filter(part => !part.closest(".chart-table") && part.scrollWidth > part.clientWidth)
                  .map(part => `${part.ariaLabel ?? "the page"}: ${part.scrollWidth} in ${part.clientWidth}`)
                """,
                width == 360
            );
            found.AddRange(wide.Select(part => $"{path}: {part}"));
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task On_a_phone_the_navigation_is_a_menu()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address, width: 360);
        await reader.SignInAsync(server.ViewerKey);
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Link, new() { Name = "Months" })).ToBeHiddenAsync();
        await reader.Page.Locator("details.menu > summary").ClickAsync();
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Months" }).ClickAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Uri(server.Address, "/months").ToString());
        reader.AssertNoComplaints();
    }

    [Fact]
    public async Task Every_page_reads_without_scripts()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address, scripts: false);
        await reader.SignInAsync(server.ViewerKey);
        foreach (var path in DashboardPages.OfViewers)
        {
            await OpenAsync(reader, path);
            await Assertions.Expect(reader.Page.Locator("h1")).ToHaveCountAsync(1);
        }

        await reader.Page.GotoAsync("/?from=2025-08-01&to=2025-09-30");
        await reader.Page.GetByText("Show data as a table").ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".chart-table tbody tr")).ToHaveCountAsync(61);
    }

    [Fact]
    public async Task The_first_view_is_small_and_the_next_one_tiny()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync(server.ViewerKey);
        await Assertions.Expect(reader.Page.Locator("cost-chart[data-drawn]")).ToHaveCountAsync(1);
        var again = await ReadBytesAsync(reader, "/?range=90d");
        Assert.InRange(again, 1, 80 * 1024);

        await using var first = await Reader.OpenAsync(chromium, server.Address);
        await first.Page.Context.AddCookiesAsync(
            (await reader.Page.Context.CookiesAsync()).Select(cookie => new Cookie
            {
                Name = cookie.Name,
                Value = cookie.Value,
                Url = server.Address.ToString(),
            })
        );
        Assert.InRange(await ReadBytesAsync(first, "/?range=90d"), 80 * 1024, 380 * 1024);
    }

    private static async Task AssertAxeAsync(Reader reader, AxeRunOptions options)
    {
        await reader.SignInAsync(PodcastoCostsApp.AdminKey);
        var found = new List<string>();
        foreach (var path in DashboardPages.OfViewers.Concat(DashboardPages.OfOperators))
        {
            await OpenAsync(reader, path);
            var result = await reader.Page.RunAxe(options);
            found.AddRange(result.Violations.Select(violation => Describe(path, violation)));
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static async Task<long> ReadBytesAsync(Reader reader, string path)
    {
        var session = await reader.Page.Context.NewCDPSessionAsync(reader.Page);
        await session.SendAsync("Network.enable");
        var bytes = 0L;
        session.Event("Network.loadingFinished").OnEvent += (_, data) =>
            Interlocked.Add(ref bytes, (long)data!.Value.GetProperty("encodedDataLength").GetDouble());
        await reader.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Assertions.Expect(reader.Page.Locator("cost-chart[data-drawn]")).ToHaveCountAsync(1);
        return bytes;
    }

    private static async Task OpenAsync(Reader reader, string path)
    {
        var response = await reader.Page.GotoAsync(path);
        Assert.True(response!.Status == 200, $"{path}: {response.Status}");
        // Without scripts charts are not shown.
        foreach (var chart in await reader.Page.Locator("cost-chart:visible").AllAsync())
            await Assertions.Expect(chart).ToHaveAttributeAsync("data-drawn", "true");
    }

    private static string Describe(string path, AxeResultItem violation) =>
        $"{path}: {violation.Id} ({violation.Impact}): {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}";
}
