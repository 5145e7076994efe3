using Microsoft.Playwright;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Dashboard;

/// <summary>What readers see while something is on its way, and when it does not come.</summary>
public sealed class WaitingTests(DashboardServer server, Chromium chromium) : IClassFixture<DashboardServer>
{
    [Fact]
    public async Task A_page_that_takes_its_time_shows_that_it_is_on_its_way()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync(server.ViewerKey);
        var isAnswered = new TaskCompletionSource();
        await reader.Page.RouteAsync(
            "**/podcasts*",
            async route =>
            {
                await isAnswered.Task;
                await route.ContinueAsync();
            }
        );
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Podcasts", Exact = true }).ClickAsync();
        var main = reader.Page.Locator("main");
        await Assertions.Expect(main).ToHaveAttributeAsync("aria-busy", "true");
        await Assertions.Expect(reader.Page.Locator("html[data-loading]")).ToHaveCountAsync(1);
        isAnswered.SetResult();
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Podcasts");
        await Assertions.Expect(main).ToHaveAttributeAsync("aria-busy", "false");
        await Assertions.Expect(reader.Page.Locator("html[data-loading]")).ToHaveCountAsync(0);
        reader.AssertNoComplaints();
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_said_on_the_page_that_is_open()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync(server.ViewerKey);
        await reader.Page.RouteAsync("**/months", route => route.AbortAsync());
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Months", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The server did not answer.");
        await Assertions.Expect(reader.Page.Locator("html[data-loading]")).ToHaveCountAsync(0);

        await reader.Page.UnrouteAsync("**/months");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Load the page again" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("Months");
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_the_chart_library_the_table_is_open_and_says_why()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync(server.ViewerKey);
        await reader.Page.RouteAsync("**/lib/echarts*", route => route.AbortAsync());
        await reader.Page.GotoAsync("/?from=2025-09-01&to=2025-09-30");
        await Assertions.Expect(reader.Page.Locator("cost-chart[data-failed]")).ToContainTextAsync("the table has the same amounts");
        await Assertions.Expect(reader.Page.Locator(".chart-table tbody tr").First).ToBeVisibleAsync();
    }
}
