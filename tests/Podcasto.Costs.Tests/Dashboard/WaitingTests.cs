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

    [Fact]
    public async Task The_progress_of_a_job_moves_on_the_page_that_is_open_until_it_ends()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        await using var other = await ServerProcess.StartAsync(database);
        // Another server has the jobs, so that this one leaves them alone.
        await database.ExecuteAsync(
            "delete from leases; insert into leases (name, holder, expires_at) values ('jobs', '0198d0c6-0000-7000-8000-000000000001', '2999-01-01T00:00:00Z')"
        );
        Assert.Equal(202, (await other.Client.PostAsync("/api/v1/jobs/rebuild", "{}")).Status);
        await database.ExecuteAsync(
            "update jobs set state = 'running', stage = 'days', done = 7, total = 31, started_at = created_at where kind = 'rebuild'"
        );
        await using var reader = await Reader.OpenAsync(chromium, other.Client.BaseAddress!);
        await reader.SignInAsync(PodcastoCostsApp.AdminKey);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Jobs", Exact = true }).ClickAsync();
        var progress = reader.Page.GetByLabel("Progress of rebuild");
        await Assertions.Expect(progress).ToHaveAttributeAsync("value", "7");
        await database.ExecuteAsync("update jobs set done = 19 where kind = 'rebuild'");
        await Assertions.Expect(progress).ToHaveAttributeAsync("value", "19");
        await database.ExecuteAsync("update jobs set state = 'succeeded', finished_at = created_at where kind = 'rebuild'");
        await Assertions.Expect(progress).ToHaveCountAsync(0);
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Cell, new() { Name = "succeeded" }).First).ToBeVisibleAsync();
        reader.AssertNoComplaints();
    }
}
