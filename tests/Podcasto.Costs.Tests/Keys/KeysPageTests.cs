using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Keys;

public sealed partial class KeysPageTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_key_is_made_shown_once_and_revoked_after_a_question(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var api = await app.StartAsync();
        var admin = await app.SignInAsync();
        using (
            var made = await admin.SendFormAsync(
                "/keys",
                ("name", "<i>pipeline"),
                ("scopes", "ingest"),
                ("scopes", "read"),
                ("expires", "2999-01-01")
            )
        )
            Assert.Equal("/keys", made.Headers.Location?.OriginalString);
        var shown = await admin.PageAsync("/keys");
        var key = Secret().Match(shown).Value;
        Assert.DoesNotContain("<i>pipeline", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("pck_", await admin.PageAsync("/keys"), StringComparison.Ordinal);

        var pipeline = app.CreateClient();
        pipeline.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Assert.Equal(200, (await pipeline.PostAsync("/api/v1/events", "[]")).Status);
        var listed = (await api.GetJsonAsync("/api/v1/keys"))["items"]![0]!;
        Assert.Equal("2999-01-01T00:00:00Z", (string?)listed["expires_at"]);

        var question = $"/keys/{listed["id"]}/revoke";
        Assert.Contains("Revoke", await admin.PageAsync(question), StringComparison.Ordinal);
        Assert.Equal(200, (await pipeline.PostAsync("/api/v1/events", "[]")).Status);
        using (var revoked = await admin.SendFormAsync(question))
            Assert.Equal("/keys", revoked.Headers.Location?.OriginalString);
        Assert.Equal(401, (await pipeline.PostAsync("/api/v1/events", "[]")).Status);
        Assert.Contains("revoked already", await admin.PageAsync(question), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await admin.StatusAsync("/keys/0198d0c6-0000-7000-8000-000000000001/revoke"));
        Assert.Equal(HttpStatusCode.NotFound, await admin.StatusAsync("/keys/x/revoke"));
        Assert.Equal(1, await app.ReadAsync<long>("select count(*) from audit_log where action = 'key.revoke'"));
    }

    [Fact]
    public async Task What_makes_no_sense_is_said_beside_the_field_and_viewers_stay_out()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var api = await app.StartAsync();
        var admin = await app.SignInAsync();
        await RefusedAsync("Is required", ("name", " "), ("scopes", "read"));
        await RefusedAsync("Must name at least one", ("name", "x"));
        await RefusedAsync("May hold", ("name", "x"), ("scopes", "root"));
        await RefusedAsync("Must be in the future", ("name", "x"), ("scopes", "read"), ("expires", "2020-01-01"));
        await RefusedAsync("Must be an RFC 3339 time", ("name", "x"), ("scopes", "read"), ("expires", "soon"));

        var viewer = await app.SignInAsync(await api.ViewerKeyAsync());
        Assert.Equal(HttpStatusCode.Redirect, await viewer.StatusAsync("/keys"));
        using var forged = await viewer.ForgeFormAsync("/jobs", "/keys", ("name", "x"), ("scopes", "admin"));
        Assert.Equal("/forbidden", forged.Headers.Location?.AbsolutePath);
        Assert.Equal(1, await app.ReadAsync<long>("select count(*) from api_keys"));

        async Task RefusedAsync(string message, params (string, string)[] fields)
        {
            using var refused = await admin.SendFormAsync("/keys", fields);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(message, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("pck_[A-Za-z0-9_-]{43}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Secret();
}
