using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Audit;

public sealed class AuditTests
{
    private const string Price =
        "{\"service\":\"acme\",\"unit\":\"units\",\"unit_cost_usd\":\"0.5\",\"effective_from\":\"2025-01-01T00:00:00Z\",\"notes\":\"=1+1\"}";

    private const string Dearer = "{\"service\":\"acme\",\"unit\":\"units\",\"unit_cost_usd\":\"0.7\",\"effective_from\":\"2025-06-01T00:00:00Z\"}";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Every_change_by_the_interface_is_recorded_with_who_and_what(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var admin = await app.StartAsync();
        var (_, made) = await admin.PostAsync("/api/v1/keys", "{\"name\":\"second\",\"scopes\":[\"admin\"]}");
        var second = app.CreateClient();
        second.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)made!["key"]);
        Assert.Equal(201, (await second.PostAsync("/api/v1/pricing", Price)).Status);
        Assert.Equal(201, (await second.PostAsync("/api/v1/pricing", Dearer)).Status);
        Assert.Equal(409, (await second.PostAsync("/api/v1/pricing", Price)).Status);
        Assert.Equal(202, (await second.PostAsync("/api/v1/jobs/verify", "{\"from\":\"2025-01-01\"}")).Status);
        Assert.Equal(204, (int)(await admin.DeleteAsync($"/api/v1/keys/{made["id"]}")).StatusCode);
        Assert.Equal(204, (int)(await admin.DeleteAsync($"/api/v1/keys/{made["id"]}")).StatusCode);

        var entries = (await admin.GetJsonAsync("/api/v1/audit"))["items"]!.AsArray();
        Assert.Equal(["key.revoke", "job.start", "price.add", "price.add", "key.create"], entries.Select(entry => (string?)entry!["action"]));
        Assert.Equal("configured admin key", (string?)entries[0]!["actor"]);
        Assert.All(entries.Skip(1).Take(3), entry => Assert.Equal($"second ({made["id"]})", (string?)entry!["actor"]));
        Assert.DoesNotContain((string)made["key"]!, entries.ToJsonString(), StringComparison.Ordinal);

        var closing = entries[2]!["detail"]!;
        Assert.Equal("0.5", (string?)closing["before"]!["unit_cost_usd"]);
        Assert.Null(closing["before"]!["effective_to"]);
        Assert.Equal("0.7", (string?)closing["after"]!["unit_cost_usd"]);
        Assert.Null(entries[3]!["detail"]!["before"]);
        Assert.Equal("2025-01-01", (string?)entries[1]!["detail"]!["order"]!["from"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_list_has_filters_pages_and_CSV(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var admin = await app.StartAsync();
        for (var key = 0; key < 3; key++)
            await admin.PostAsync("/api/v1/keys", $"{{\"name\":\"=key {key}\",\"scopes\":[\"read\"]}}");
        await admin.PostAsync("/api/v1/pricing", Price);

        var page = await admin.GetJsonAsync("/api/v1/audit?action=key.create&limit=2");
        Assert.Equal(["=key 2", "=key 1"], Names(page));
        Assert.Equal(["=key 0"], Names(await admin.GetJsonAsync($"/api/v1/audit?action=key.create&limit=2&cursor={page["next_cursor"]}")));
        Assert.Empty(Names(await admin.GetJsonAsync("/api/v1/audit?actor=nobody")));
        Assert.Empty(Names(await admin.GetJsonAsync("/api/v1/audit?to=2025-01-01T00:00:00Z")));
        Assert.Equal(4, Names(await admin.GetJsonAsync("/api/v1/audit?from=2025-01-01T00:00:00Z&actor=configured admin key")).Count);
        Assert.Equal(400, (int)(await admin.GetAsync("/api/v1/audit?action=dance")).StatusCode);
        Assert.Equal(400, (int)(await admin.GetAsync("/api/v1/audit?cursor=x")).StatusCode);

        var csv = await admin.GetStringAsync("/api/v1/audit?format=csv");
        Assert.StartsWith("id,at,actor,action,subject,detail\r\n", csv, StringComparison.Ordinal);
        Assert.Equal(6, csv.Split("\r\n").Length);
        Assert.DoesNotContain(",=key", csv, StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_page_shows_it_to_admins_encoded_and_nonsense_is_no_error(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var admin = await app.StartAsync();
        await admin.PostAsync("/api/v1/keys", "{\"name\":\"<b>bold</b>\",\"scopes\":[\"read\"]}");
        var reader = await app.SignInAsync();
        var html = await reader.PageAsync("/audit");
        Assert.Contains("&lt;b&gt;bold&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>bold", html, StringComparison.Ordinal);
        Assert.Contains("the dashboard, by a key", html, StringComparison.Ordinal);

        Assert.Contains("Nothing to show", await reader.PageAsync("/audit?to=2025-01-01"), StringComparison.Ordinal);
        Assert.DoesNotContain("bold", await reader.PageAsync("/audit?action=session.start"), StringComparison.Ordinal);
        await reader.PageAsync("/audit?actor=%00&action=x&from=1&to=99&cursor=y&extra=z");
        await reader.PageAsync("/audit?from=9999-12-31&to=9999-12-31");
        var viewer = await app.SignInAsync(await admin.ViewerKeyAsync());
        Assert.Equal(System.Net.HttpStatusCode.Redirect, await viewer.StatusAsync("/audit"));
    }

    [Fact]
    public async Task A_verb_is_the_consoles()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        Assert.Equal(0, (await ServerProcess.RunAsync(database, "rebuild")).ExitCode);
        await using var app = new PodcastoCostsApp(database);
        var entry = Assert.Single((await (await app.StartAsync()).GetJsonAsync("/api/v1/audit"))["items"]!.AsArray())!;
        Assert.Equal(("console", "job.start", "rebuild"), ((string?)entry["actor"], (string?)entry["action"], (string?)entry["subject"]));
    }

    private static List<string> Names(JsonNode page) => [.. page["items"]!.AsArray().Select(entry => ((string)entry!["subject"]!).Split(" (")[0])];
}
