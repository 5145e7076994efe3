using System.Buffers;
using System.Text.Json;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Demo;

/// <summary>Events as the bodies of requests.</summary>
internal static class EventBatches
{
    private const int Size = 2_000;

    /// <summary>JSON arrays of events, as <c>POST /api/v1/events</c> takes them.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(IEnumerable<DemoEvent> events)
    {
        foreach (var batch in events.Chunk(Size))
        {
            var buffer = new ArrayBufferWriter<byte>(512 * Size);
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartArray();
                foreach (var costEvent in batch)
                    Write(json, costEvent);
                json.WriteEndArray();
            }

            yield return buffer.WrittenMemory;
        }
    }

    private static void Write(Utf8JsonWriter json, DemoEvent costEvent)
    {
        json.WriteStartObject();
        json.WriteString("id", costEvent.Id);
        json.WriteString("event_type", costEvent.EventType);
        json.WriteString("service", costEvent.Service);
        json.WriteString("quantity", DecimalText.Format(costEvent.Quantity));
        json.WriteString("unit", costEvent.Unit);
        json.WriteString("timestamp", WireJson.Format(costEvent.At));
        if (costEvent.UnitCostUsd is { } unitCost)
            json.WriteString("unit_cost_usd", DecimalText.Format(unitCost));
        if (costEvent.EpisodeId is { } episode)
            json.WriteString("episode_id", episode);
        if (costEvent.PodcastId is { } podcast)
            json.WriteString("podcast_id", podcast);
        json.WriteStartObject("metadata");
        foreach (var (name, value) in costEvent.Metadata)
        {
            if (value is decimal number)
                json.WriteNumber(name, number);
            else
                json.WriteString(name, (string)value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
