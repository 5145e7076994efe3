using System.Net;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Sessions;

public sealed class OpenIdTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task People_sign_in_at_the_provider_and_may_what_their_group_may(Engine engine)
    {
        await using var provider = await FakeProvider.StartAsync();
        using var database = new TestDatabase(engine);
        await using var server = await ServerProcess.StartAsync(database, settings: Settings(provider));
        provider.Groups = ["everybody", "costs-admins"];
        using (var admin = Browser(server))
        {
            Assert.Contains("Company sign-in", await admin.PageAsync("/sign-in"), StringComparison.Ordinal);
            using var back = await admin.GetAsync("/sign-in/oidc?return=/keys");
            Assert.Equal("/keys", back.RequestMessage!.RequestUri!.AbsolutePath);
            var html = await back.Content.ReadAsStringAsync();
            Assert.Contains("Signed in as Dana Levi", html, StringComparison.Ordinal);
            using (await admin.SendFormAsync("/keys", ("name", "of Dana"), ("scopes", "read"))) { }
            var entries = (await server.Client.GetJsonAsync("/api/v1/audit"))["items"]!.AsArray();
            Assert.Equal(["key.create", "session.start"], entries.Select(entry => (string?)entry!["action"]));
            Assert.All(entries, entry => Assert.Equal("Dana Levi (person-1)", (string?)entry!["actor"]));

            using (await admin.ForgeFormAsync("/jobs", "/sign-out")) { }
            Assert.Contains("API key", await admin.PageAsync("/jobs"), StringComparison.Ordinal);
        }

        provider.Groups = ["costs-viewers"];
        using var viewer = Browser(server);
        await viewer.PageAsync("/sign-in/oidc");
        await viewer.PageAsync("/jobs");
        Assert.Equal(HttpStatusCode.Forbidden, await viewer.StatusAsync("/keys"));
        Assert.Equal(HttpStatusCode.OK, await viewer.StatusAsync("/api/v1/daily"));
        Assert.Equal(HttpStatusCode.Forbidden, await viewer.StatusAsync("/api/v1/keys"));
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_mapped_value_a_true_token_or_the_cookie_of_their_own_try()
    {
        await using var provider = await FakeProvider.StartAsync();
        using var database = new TestDatabase(Engine.Sqlite);
        await using var server = await ServerProcess.StartAsync(database, settings: Settings(provider));
        provider.Groups = ["everybody"];
        using var stranger = Browser(server);
        await RefusedAsync(stranger, "/sign-in/oidc", "no access here yet");

        provider.Groups = ["costs-admins"];
        provider.IsForged = true;
        await RefusedAsync(stranger, "/sign-in/oidc", "Signing in did not work");
        provider.IsForged = false;
        await RefusedAsync(stranger, "/sign-in/oidc/callback?code=x&state=y", "Signing in did not work");
        Assert.Contains("API key", await stranger.PageAsync("/jobs"), StringComparison.Ordinal);

        using var led = await stranger.GetAsync("/sign-in/oidc?return=//elsewhere.example");
        Assert.Equal(server.Client.BaseAddress!.Authority, led.RequestMessage!.RequestUri!.Authority);
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_the_way_back_is_the_outer_address_and_others_are_not_believed()
    {
        await using var provider = await FakeProvider.StartAsync();
        foreach (var (proxy, expected) in new[] { ("127.0.0.1", "https://costs.example"), ("10.0.0.0/8", "http://127.0.0.1") })
        {
            using var database = new TestDatabase(Engine.Sqlite);
            await using var server = await ServerProcess.StartAsync(database, settings: [.. Settings(provider), ("Proxy:Trusted:0", proxy)]);
            using var handler = new HttpClientHandler { AllowAutoRedirect = false };
            using var browser = new HttpClient(handler) { BaseAddress = server.Client.BaseAddress };
            using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in/oidc");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Host", "costs.example");
            request.Headers.Add("X-Forwarded-For", "203.0.113.7");
            using var sent = await browser.SendAsync(request);
            Assert.Contains("redirect_uri=" + Uri.EscapeDataString(expected), sent.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        }
    }

    private static (string, string)[] Settings(FakeProvider provider) =>
        [
            ("Auth:Oidc:Authority", provider.Address),
            ("Auth:Oidc:ClientId", FakeProvider.ClientId),
            ("Auth:Oidc:ClientSecret", "a-client-secret"),
            ("Auth:Oidc:Label", "Company sign-in"),
            ("Auth:Oidc:Admins:0", "costs-admins"),
            ("Auth:Oidc:Viewers:0", "costs-viewers"),
        ];

    private static HttpClient Browser(ServerProcess server) => new() { BaseAddress = server.Client.BaseAddress };

    private static async Task RefusedAsync(HttpClient browser, string path, string words)
    {
        using var refused = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains(words, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
