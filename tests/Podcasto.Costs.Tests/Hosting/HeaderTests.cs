using System.Net;
using System.Text;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Hosting;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("GET", "/api/v1/daily", HttpStatusCode.OK, null)]
    [InlineData("GET", "/api/v1/daily?limit=none", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("GET", "/api/v1/no-such-route", HttpStatusCode.NotFound, "not-found")]
    [InlineData("DELETE", "/api/v1/daily", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("POST", "/api/v1/events", HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")]
    public async Task Answers_for_programs_are_data_to_a_browser_even_where_they_are_errors(
        string method,
        string path,
        HttpStatusCode status,
        string? type
    )
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
            request.Content = new StringContent("", Encoding.UTF8, "text/plain");
        using var response = await client.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.Contains("Server"));
        // Errors that the framework finds have types and words as ours do.
        if (type is not null)
            Assert.Contains(
                $"\"type\":\"https://podcasto-costs.invalid/problems/{type}\"",
                await response.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
    }

    [Theory]
    [InlineData("POST", "/api/v1/events")]
    [InlineData("POST", "/api/v1/pricing")]
    [InlineData("PUT", "/api/v1/catalog")]
    [InlineData("POST", "/v1/traces")]
    public async Task Who_has_no_key_is_asked_for_it_before_anything_else(string method, string path)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        foreach (var authorization in new[] { null, "Bearer no-key-of-this-server" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = new StringContent("x", Encoding.UTF8, "text/plain"),
            };
            client.DefaultRequestHeaders.Authorization = null;
            if (authorization is not null)
                request.Headers.Add("Authorization", authorization);
            using var response = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        }
    }

    [Fact]
    public async Task Pages_say_that_only_their_own_scripts_run_and_that_nobody_frames_them()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        using var response = await client.GetAsync("/sign-in");
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }
}
