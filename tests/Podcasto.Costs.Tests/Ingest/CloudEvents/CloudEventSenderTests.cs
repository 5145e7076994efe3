using System.Net;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;
using CloudNative.CloudEvents.SystemTextJson;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest.CloudEvents;

/// <summary>The SDK of CloudEvents sends to the real server, and the books are right.</summary>
public sealed class CloudEventSenderTests
{
    private const string Episode = "0198d0c6-0000-7000-8000-0000000000e1";
    private const string Podcast = "0198d0c6-0000-7000-8000-0000000000d1";

    private static readonly JsonEventFormatter Formatter = new();

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_the_sdk_sends_in_any_mode_is_counted_once(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var server = await ServerProcess.StartAsync(database);
        // Twice: the second time all are duplicates.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var structured = await SendAsync(server, Event("call 1", 0.5m).ToHttpContent(ContentMode.Structured, Formatter));
            Assert.Equal(1 - attempt, (int)structured["accepted"]!);
            var binary = await SendAsync(server, Event("c\u00e4ll \"2\" 100% \ud83c\udf99", 0.25m).ToHttpContent(ContentMode.Binary, Formatter));
            Assert.Equal(1 - attempt, (int)binary["accepted"]!);
            CloudEvent[] many = [.. Enumerable.Range(0, 500).Select(index => Event($"batch {index}", 0.001m))];
            var batch = await SendAsync(server, many.ToHttpContent(Formatter));
            Assert.Equal(500 * attempt, (int)batch["duplicates"]!);
            Assert.Equal(500, batch["events"]!.AsArray().Count);
        }

        var episode = await server.Client.GetJsonAsync($"/api/v1/episodes/{Episode}/costs");
        Assert.Equal("1.25", (string)episode["total_cost_usd"]!);
        Assert.Equal(502, (int)episode["event_count"]!);
        var day = await server.Client.GetJsonAsync("/api/v1/daily/2026-01-31");
        Assert.Equal("1.25", (string)day["total_cost_usd"]!);
    }

    [Fact]
    public async Task The_binary_mode_and_the_structured_mode_name_the_same_event()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        using var structured = Event("\u20ac 5%", 1).ToHttpContent(ContentMode.Structured, Formatter);
        using var binary = Event("\u20ac 5%", 1).ToHttpContent(ContentMode.Binary, Formatter);
        using var first = await client.PostAsync("/api/v1/events", structured);
        using var second = await client.PostAsync("/api/v1/events", binary);
        var (one, two) = (await BodyAsync(first), await BodyAsync(second));
        Assert.Equal(1, (int)two["duplicates"]!);
        Assert.Equal((string)one["events"]![0]!["id"]!, (string)two["events"]![0]!["id"]!);
    }

    private static CloudEvent Event(string id, decimal cost) =>
        new()
        {
            Id = id,
            Source = new Uri("//pipeline/audio step", UriKind.RelativeOrAbsolute),
            Type = "com.example.model.called",
            Time = new DateTimeOffset(2026, 1, 31, 23, 30, 0, TimeSpan.Zero),
            Subject = $"episode/{Episode}",
            DataContentType = "application/json",
            ["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            Data = new
            {
                event_type = "ai_api_call",
                service = "gemini_tts",
                quantity = 1,
                unit = "calls",
                unit_cost_usd = cost,
            },
        };

    private static async Task<JsonNode> SendAsync(ServerProcess server, HttpContent content)
    {
        using var body = content;
        using var answer = await server.Client.PostAsync("/api/v1/events", body);
        return await BodyAsync(answer);
    }

    private static async Task<JsonNode> BodyAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }
}
