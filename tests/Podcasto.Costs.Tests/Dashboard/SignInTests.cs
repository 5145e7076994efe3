using Microsoft.Playwright;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Dashboard;

public sealed class SignInTests(DashboardServer server, Chromium chromium) : IClassFixture<DashboardServer>
{
    [Fact]
    public async Task A_stranger_is_asked_for_a_key_and_then_sees_the_page_that_was_wanted()
    {
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.Page.GotoAsync("/?from=2025-08-01&to=2025-09-30");
        await reader.Page.GetByLabel("API key").FillAsync(server.ViewerKey);
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cost overview");
        Assert.EndsWith("/?from=2025-08-01&to=2025-09-30", reader.Page.Url, StringComparison.Ordinal);

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(reader.Page.GetByLabel("API key")).ToBeVisibleAsync();
        await reader.Page.GotoAsync("/");
        await Assertions.Expect(reader.Page.GetByLabel("API key")).ToBeVisibleAsync();
        reader.AssertNoComplaints();
    }

    [Fact]
    public async Task A_wrong_key_and_a_key_that_may_only_send_are_refused_in_words()
    {
        foreach (var key in new[] { "pck_of-nobody", await server.MakeKeyAsync("ingest") })
        {
            await using var reader = await Reader.OpenAsync(chromium, server.Address);
            await reader.SignInAsync(key);
            await Assertions.Expect(reader.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("may only send events");
            await Assertions.Expect(reader.Page.GetByLabel("API key")).ToHaveValueAsync("");
        }
    }

    [Fact]
    public async Task A_session_ends_with_its_key()
    {
        var (_, key) = await server.Client.PostAsync("/api/v1/keys", """{"name":"short","scopes":["read"]}""");
        await using var reader = await Reader.OpenAsync(chromium, server.Address);
        await reader.SignInAsync((string)key!["key"]!);
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cost overview");
        using var revoked = await server.Client.DeleteAsync($"/api/v1/keys/{key["id"]}");
        Assert.True(revoked.IsSuccessStatusCode);
        await reader.Page.ReloadAsync();
        await Assertions.Expect(reader.Page.GetByLabel("API key")).ToBeVisibleAsync();
    }
}
