using System.Net;
using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Events;

public sealed class EventPageTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Every_filter_finds_what_the_interface_finds(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var reader = await app.SignInAsync();
        var all = await client.GetJsonAsync("/api/v1/events?limit=1000");
        var some = all["items"]!.AsArray().First(item => item!["episode_id"] is not null && item["podcast_id"] is not null)!;
        foreach (var (page, api) in Filters(some))
        {
            var answered = await client.GetJsonAsync($"/api/v1/events?limit=1000&{api}");
            var shown = await reader.RowsAsync($"/events?{page}", "/events/");
            Assert.Equal(answered["items"]!.AsArray().Select(item => (string)item!["id"]!), shown.Take(1_000));
            Assert.Equal(answered["next_cursor"] is null, shown.Count <= 1_000);
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task One_event_shows_its_sum_its_price_and_its_metadata_as_text(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        var price =
            """{"service": "lambda_*", "unit": "gb_seconds", "unit_cost_usd": "0.0166667", "unit_quantity": 1000, "effective_from": "2025-01-01T00:00:00Z"}""";
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", price)).Status);
        var priced = await SendAsync(client, "lambda_audio", """{"note": "<script>alert(1)</script> שלום"}""");
        var unpriced = await SendAsync(client, "acme", "{}");
        var reader = await app.SignInAsync();

        var html = await reader.PageAsync($"/events/{priced}");
        Assert.Contains("1.234567891 gb_seconds", html, StringComparison.Ordinal);
        Assert.Contains("$0.0000166667</span>", html, StringComparison.Ordinal);
        Assert.Contains("$0.0000205761726689297</span>", html, StringComparison.Ordinal);
        Assert.Contains("<strong>$0.000020576173</strong>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/prices?service=lambda_%2A&amp;price=", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; שלום", html, StringComparison.Ordinal);
        Assert.Contains($"/api/v1/events/{priced}</code>", html, StringComparison.Ordinal);
        Assert.Contains("Nothing priced this event", await reader.PageAsync($"/events/{unpriced}"), StringComparison.Ordinal);
        Assert.Contains("No price</span>", await reader.PageAsync("/events?priced_by=none"), StringComparison.Ordinal);

        using var unknown = await reader.GetAsync("/events/0198d0c6-0000-7000-8000-00000000dead");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Archived_events_show_as_before()
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Archive:Directory", folder.Path));
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        var reader = await app.SignInAsync();
        const string Address = "/events?from=2025-08-20&to=2025-10-10&event_type=ai_api_call";
        var before = await reader.RowsAsync(Address, "/events/");
        var page = await reader.PageAsync($"/events/{before[^1]}");
        Assert.Equal("succeeded", (string?)(await client.RunJobAsync("archive", "{\"month\":\"2025-08\"}"))["state"]);
        Assert.Equal(before, await reader.RowsAsync(Address, "/events/"));
        Assert.Equal(MainOf(page), MainOf(await reader.PageAsync($"/events/{before[^1]}")));
    }

    private static string MainOf(string html) =>
        html[html.IndexOf("<h2", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];

    [Fact]
    public async Task Nonsense_in_an_address_is_left_out_and_named()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        await app.StartAsync();
        var html = await (await app.SignInAsync()).PageAsync(
            "/events?episode=12&event_type=party&priced_by=me&from=x&to=9999-99-99&cursor=W10&service=%00"
        );
        Assert.Contains("Episode must be a whole id", html, StringComparison.Ordinal);
        Assert.Contains("Event type has no such choice", html, StringComparison.Ordinal);
        Assert.Contains("No event yet", html, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Page, string Api)> Filters(JsonNode some)
    {
        yield return ("", "");
        yield return ("priced_by=none", "priced_by=none");
        yield return ("priced_by=event", "priced_by=event");
        yield return ("service=s3_put&priced_by=price", "service=s3_put&priced_by=price");
        yield return ("event_type=sqs_message", "event_type=sqs_message");
        yield return ("model=gemini-2.5-flash", "model=gemini-2.5-flash");
        yield return ("service=nobody", "service=nobody");
        yield return ($"podcast={some["podcast_id"]}&service={some["service"]}", $"podcast_id={some["podcast_id"]}&service={some["service"]}");
        yield return ($"episode={some["episode_id"]}", $"episode_id={some["episode_id"]}");
        yield return ($"episode={some["episode_id"]}&service={some["service"]}", $"episode_id={some["episode_id"]}&service={some["service"]}");
        yield return ("from=2025-09-15&to=2025-10-03", "from=2025-09-15T00:00:00Z&to=2025-10-04T00:00:00Z");
        yield return ("from=2025-09-15T10:30:00Z&to=2025-10-03&priced_by=none", "from=2025-09-15T10:30:00Z&to=2025-10-04T00:00:00Z&priced_by=none");
    }

    private static async Task<string> SendAsync(HttpClient client, string service, string metadata)
    {
        var sent = $$"""
            {"event_type": "lambda_execution", "service": "{{service}}", "quantity": "1.234567891", "unit": "gb_seconds", "metadata": {{metadata}},
             "timestamp": "2025-03-04T05:06:07Z"}
            """;
        var (status, body) = await client.PostAsync("/api/v1/events", sent);
        Assert.Equal(200, status);
        return (string)body!["events"]![0]!["id"]!;
    }
}
