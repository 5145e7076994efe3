using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Dashboard;

/// <summary>What people do with the dashboard, in a real browser.</summary>
public sealed class JourneyTests(DashboardServer server, Chromium chromium) : IClassFixture<DashboardServer>
{
    private const string September = "/?from=2025-09-01&to=2025-09-30";

    [Fact]
    public async Task From_a_day_down_to_the_event_that_caused_it_and_back_again()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync(server.ViewerKey);
        await reader.Page.GotoAsync(September);
        await reader.Page.GetByText("Show data as a table").ClickAsync();
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Monday, September 22, 2025" }).ClickAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(At("/events?from=2025-09-22&to=2025-09-22"));
        var day = await server.Client.GetJsonAsync("/api/v1/events?from=2025-09-22T00:00:00Z&to=2025-09-23T00:00:00Z&limit=1");
        var id = (string)day["items"]![0]!["id"]!;
        await reader.Page.Locator($"a[href='/events/{id}']").First.ClickAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(At($"/events/{id}"));
        await Assertions.Expect(reader.Page.GetByText(id).First).ToBeVisibleAsync();

        await reader.Page.GoBackAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(At("/events?from=2025-09-22&to=2025-09-22"));
        await reader.Page.GoBackAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(At(September));
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cost overview");
        reader.AssertNoComplaints();
    }

    [Fact]
    public async Task A_click_anywhere_above_a_day_of_the_chart_leads_into_it()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync(server.ViewerKey);
        await reader.Page.GotoAsync(September);
        var chart = reader.Page.Locator("cost-chart[data-drawn]");
        await Assertions.Expect(chart).ToHaveCountAsync(1);
        var box = (await chart.BoundingBoxAsync())!;
        // High above the last column, which is low.
        await reader.Page.Mouse.ClickAsync(box.X + box.Width - 24, box.Y + 60);
        await Assertions.Expect(reader.Page).ToHaveURLAsync(At("/events?from=2025-09-30&to=2025-09-30"));
        reader.AssertNoComplaints();
    }

    [Fact]
    public async Task A_filter_is_an_address_and_the_back_button_takes_it_away()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync(server.ViewerKey);
        await reader.Page.GotoAsync("/?range=7d");
        await reader.Page.Locator("#podcast").SelectOptionAsync(DashboardServer.Podcast);
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex($"podcast={DashboardServer.Podcast}"));
        var costs = await server.Client.GetJsonAsync($"/api/v1/costs?granularity=total&podcast_id={DashboardServer.Podcast}");
        var total = $"${(string)costs["items"]![0]!["total_cost_usd"]!}";
        await Assertions.Expect(reader.Page.Locator(".figure data.amount").First).ToHaveAttributeAsync("value", total);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "90 days" }).ClickAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex("range=90d"));
        await Assertions.Expect(reader.Page.Locator("#podcast")).ToHaveValueAsync(DashboardServer.Podcast);
        await reader.Page.GoBackAsync();
        await reader.Page.GoBackAsync();
        await Assertions.Expect(reader.Page.Locator("#podcast")).ToHaveValueAsync("");
        reader.AssertNoComplaints();
    }

    [Fact]
    public async Task What_is_shown_downloads_as_csv()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync(server.ViewerKey);
        await reader.Page.GotoAsync(September);
        var download = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        using var file = new StreamReader(await download.CreateReadStreamAsync());
        Assert.Equal(
            await server.Client.GetStringAsync("/api/v1/costs?group_by=category&granularity=day&from=2025-09-01&to=2025-09-30&format=csv"),
            await file.ReadToEndAsync()
        );
    }

    [Fact]
    public async Task The_theme_is_switched_at_once_and_kept()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync(server.ViewerKey);
        var page = reader.Page.Locator("html");
        await Assertions.Expect(page).Not.ToHaveAttributeAsync("data-theme", "dark");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Theme" }).ClickAsync();
        await Assertions.Expect(page).ToHaveAttributeAsync("data-theme", "dark");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Months" }).ClickAsync();
        await reader.Page.ReloadAsync();
        await Assertions.Expect(page).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(reader.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(14, 17, 22)");
        reader.AssertNoComplaints();
    }

    [Fact]
    public async Task The_keyboard_alone_leads_everywhere()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.Page.GotoAsync("/sign-in");
        await Assertions.Expect(reader.Page.GetByLabel("API key")).ToBeFocusedAsync();
        await reader.Page.Keyboard.TypeAsync(server.ViewerKey);
        await reader.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cost overview");

        await reader.Page.ReloadAsync();
        await TabToAsync(reader, "Skip to the content");
        await TabToAsync(reader, "Episodes");
        await reader.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(reader.Page).ToHaveURLAsync(At("/episodes"));
        await reader.Page.GotoAsync(September);
        await TabToAsync(reader, "Sep 1 – Sep 30, 2025");
        await reader.Page.Keyboard.PressAsync("Enter");
        var days = reader.Page.GetByLabel("From", new() { Exact = true });
        await Assertions.Expect(days).ToBeVisibleAsync();
        await TabToAsync(reader, "CSV");
        await Assertions.Expect(days).ToBeHiddenAsync();
        await TabToAsync(reader, "Show data as a table");
        await reader.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(reader, "Monday, September 1, 2025");
        await reader.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(reader.Page).ToHaveURLAsync(At("/events?from=2025-09-01&to=2025-09-01"));
        reader.AssertNoComplaints();
    }

    [Fact]
    public async Task A_viewer_finds_no_way_to_change_anything()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync(server.ViewerKey);
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Link, new() { Name = "API keys" })).ToHaveCountAsync(0);
        foreach (var path in DashboardPages.OfOperators)
        {
            var answer = await reader.Page.GotoAsync(path);
            Assert.Equal(403, answer!.Status);
            await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Only admins may do that");
        }
    }

    [Fact]
    public async Task A_price_that_is_added_applies_to_the_next_event()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync(PodcastoCostsApp.AdminKey);
        await reader.Page.GotoAsync("/prices/new?service=voice_clone");
        await reader.Page.Locator("#unit").FillAsync("minutes");
        await reader.Page.GetByLabel("Price, US dollars").FillAsync("0.25");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex("/prices\\?price="));
        await Assertions.Expect(reader.Page.GetByText("voice_clone").First).ToBeVisibleAsync();

        var (_, receipt) = await server.Client.PostAsync(
            "/api/v1/events",
            """{"event_type":"other","service":"voice_clone","quantity":6,"unit":"minutes"}"""
        );
        Assert.Equal("price", (string?)receipt!["events"]![0]!["priced_by"]);
        await reader.Page.GotoAsync($"/events/{(string)receipt["events"]![0]!["id"]!}");
        await Assertions.Expect(reader.Page.Locator("main")).ToContainTextAsync("$1.50");
        reader.AssertNoComplaints();
    }

    private string At(string path) => new Uri(server.Address, path).ToString();

    private static async Task TabToAsync(Reader reader, string name)
    {
        for (var step = 0; step < 80; step++)
        {
            await reader.Page.Keyboard.PressAsync("Tab");
            if ((await reader.Page.EvaluateAsync<string>("document.activeElement?.innerText ?? ''")).Trim() == name)
                return;
        }

        Assert.Fail($"The keyboard does not reach \"{name}\".");
    }
}
