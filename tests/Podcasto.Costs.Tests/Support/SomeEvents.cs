using System.Globalization;
using System.Text.Json.Nodes;

namespace Podcasto.Costs.Tests.Support;

/// <summary>Events of 0.25 US dollars each, for tests that care about when and how many rather than what.</summary>
internal static class SomeEvents
{
    /// <summary>So many events at an instant, each of an episode of its own.</summary>
    /// <param name="timestamp">When, as the interface takes it.</param>
    /// <param name="count">How many.</param>
    /// <param name="firstId">Ids count up from here; an id that was sent before is a duplicate.</param>
    public static IEnumerable<JsonNode> Of(string timestamp, int count, int firstId = 1) =>
        Enumerable.Range(firstId, count).Select(id => Event(timestamp, id));

    /// <summary>The ids of so many events.</summary>
    public static IEnumerable<Guid> Ids(int count, int firstId = 1) => Enumerable.Range(firstId, count).Select(id => Guid.Parse(Id(0x7000, id)));

    public static async Task SendEventsAsync(this HttpClient client, params IEnumerable<JsonNode>[] events)
    {
        foreach (var chunk in events.SelectMany(some => some).Chunk(1000))
        {
            var (status, body) = await client.PostAsync("/api/v1/events", new JsonArray(chunk).ToJsonString());
            Assert.True(status == 200, body?.ToJsonString());
            Assert.Equal(chunk.Length, (int)body!["accepted"]!);
        }
    }

    private static JsonObject Event(string timestamp, int id) =>
        new()
        {
            ["id"] = Id(0x7000, id),
            ["event_type"] = "other",
            ["service"] = id % 3 == 0 ? "gemini_tts" : "acme",
            ["quantity"] = 0.5,
            ["unit"] = "units",
            ["unit_cost_usd"] = "0.5",
            ["episode_id"] = Id(0x4000, id),
            ["timestamp"] = timestamp,
        };

    private static string Id(int version, int number) => string.Create(CultureInfo.InvariantCulture, $"0198d0c6-0000-{version:x4}-8000-{number:x12}");
}
