using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Time.Testing;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Sessions;

public sealed class SessionTests
{
    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites_and_secure_behind_TLS()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        await app.StartAsync();
        foreach (var scheme in new[] { "http", "https" })
        {
            var options = new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri($"{scheme}://localhost") };
            using var answer = await app.CreateClient(options).SendFormAsync("/sign-in", ("Key", PodcastoCostsApp.AdminKey));
            var cookie = Assert.Single(
                answer.Headers.GetValues("Set-Cookie"),
                value => value.StartsWith("podcasto_costs_session=", StringComparison.Ordinal)
            );
            Assert.Contains("httponly", cookie, StringComparison.Ordinal);
            Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
            Assert.Equal(scheme == "https", cookie.Contains("secure", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_session_lasts_eight_hours_after_its_last_use()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = new PodcastoCostsApp(Engine.Sqlite) { Clock = clock };
        await app.StartAsync();
        var reader = await app.SignInAsync();
        for (var hours = 5; hours <= 20; hours += 5)
        {
            clock.Advance(TimeSpan.FromHours(5));
            Assert.Equal(HttpStatusCode.OK, await reader.StatusAsync("/jobs"));
        }

        clock.Advance(TimeSpan.FromHours(8.1));
        Assert.Equal(HttpStatusCode.Redirect, await reader.StatusAsync("/jobs"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_key_that_is_revoked_or_expires_ends_its_sessions_at_once(Engine engine)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = new PodcastoCostsApp(engine) { Clock = clock };
        var admin = await app.StartAsync();
        var end = clock.GetUtcNow().AddMinutes(10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var (_, revoked) = await admin.PostAsync("/api/v1/keys", "{\"name\":\"a\",\"scopes\":[\"read\"]}");
        var (_, expiring) = await admin.PostAsync("/api/v1/keys", $"{{\"name\":\"b\",\"scopes\":[\"read\"],\"expires_at\":\"{end}\"}}");
        var first = await app.SignInAsync((string)revoked!["key"]!);
        var second = await app.SignInAsync((string)expiring!["key"]!);

        Assert.Equal(HttpStatusCode.OK, await first.StatusAsync("/jobs"));
        await admin.DeleteAsync($"/api/v1/keys/{revoked["id"]}");
        Assert.Equal(HttpStatusCode.Redirect, await first.StatusAsync("/jobs"));
        Assert.Equal(HttpStatusCode.Unauthorized, await first.StatusAsync("/api/v1/daily"));

        Assert.Equal(HttpStatusCode.OK, await second.StatusAsync("/jobs"));
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Redirect, await second.StatusAsync("/jobs"));
    }

    [Fact]
    public async Task Ten_tries_a_minute_are_enough_and_looking_at_the_page_is_free()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        await app.StartAsync();
        using var guesser = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            using var wrong = await guesser.SendFormAsync("/sign-in", ("Key", "guess"));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }

        using var right = await guesser.SendFormAsync("/sign-in", ("Key", PodcastoCostsApp.AdminKey));
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.Equal("60", right.Headers.RetryAfter?.ToString());
        Assert.Contains("Wait a minute", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, await guesser.StatusAsync("/sign-in/link?token=guess"));
        Assert.Equal(HttpStatusCode.OK, await guesser.StatusAsync("/sign-in"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_servers_share_sessions_and_forms(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var first = await ServerProcess.StartAsync(database);
        await using var second = await ServerProcess.StartAsync(database);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var reader = new HttpClient(handler);

        // Cookies go by host, whatever the port: the same browser behind a load balancer.
        var form = await reader.GetStringAsync(new Uri(first.Client.BaseAddress!, "/sign-in"));
        using var signedIn = await reader.PostAsync(
            new Uri(second.Client.BaseAddress!, "/sign-in"),
            SignedIn.Fill(form, ("Key", PodcastoCostsApp.AdminKey))
        );
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var keys = await reader.GetStringAsync(new Uri(first.Client.BaseAddress!, "/keys"));
        using var made = await reader.PostAsync(
            new Uri(second.Client.BaseAddress!, "/keys"),
            SignedIn.Fill(keys, ("name", "shared"), ("scopes", "read"))
        );
        Assert.Equal("/keys", made.Headers.Location?.OriginalString);
        Assert.Contains("pck_", await reader.GetStringAsync(new Uri(first.Client.BaseAddress!, "/keys")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_needs_the_form()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        await app.StartAsync();
        var reader = await app.SignInAsync();
        using (var forged = await reader.PostAsync(new Uri("/sign-out", UriKind.Relative), new FormUrlEncodedContent([])))
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await reader.StatusAsync("/jobs"));
        using (var ended = await reader.ForgeFormAsync("/jobs", "/sign-out"))
            Assert.Equal("/sign-in", ended.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, await reader.StatusAsync("/jobs"));
    }
}
