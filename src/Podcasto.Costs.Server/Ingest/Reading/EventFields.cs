using System.Text;
using System.Text.Json;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Ingest.Reading;

internal static class EventFields
{
    /// <summary>The field of the current property name; <see cref="EventField.None"/> for one that no event has.</summary>
    public static EventField Of(ref Utf8JsonReader reader)
    {
        // The length decides between most of them before a byte is compared.
        var length = reader.ValueIsEscaped ? 0 : reader.ValueSpan.Length;
        return length switch
        {
            2 => Match(ref reader, "id"u8, EventField.Id),
            4 => Match(ref reader, "unit"u8, EventField.Unit),
            6 => Match(ref reader, "status"u8, EventField.Status),
            7 => Match(ref reader, "service"u8, EventField.Service, "user_id"u8, EventField.UserId),
            8 => Match(ref reader, "quantity"u8, EventField.Quantity, "metadata"u8, EventField.Metadata)
                | Match(ref reader, "price_id"u8, EventField.PriceId),
            9 => Match(ref reader, "timestamp"u8, EventField.Timestamp, "priced_by"u8, EventField.PricedBy),
            10 => Match(ref reader, "event_type"u8, EventField.EventType, "episode_id"u8, EventField.EpisodeId)
                | Match(ref reader, "podcast_id"u8, EventField.PodcastId, "created_at"u8, EventField.CreatedAt),
            13 => Match(ref reader, "unit_cost_usd"u8, EventField.UnitCostUsd),
            14 => Match(ref reader, "total_cost_usd"u8, EventField.TotalCostUsd),
            0 => OfEscaped(ref reader),
            _ => EventField.None,
        };
    }

    private static EventField Match(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, EventField field) =>
        reader.ValueSpan.SequenceEqual(name) ? field : EventField.None;

    private static EventField Match(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> name,
        EventField field,
        ReadOnlySpan<byte> other,
        EventField otherField
    ) =>
        reader.ValueSpan.SequenceEqual(name) ? field
        : reader.ValueSpan.SequenceEqual(other) ? otherField
        : EventField.None;

    // "\u0069d" is "id" too, if nobody's habit.
    private static EventField OfEscaped(ref Utf8JsonReader reader)
    {
        // Not by ValueTextEquals, which throws where the name holds a lone surrogate.
        if (!JsonText.TryGet(ref reader, new byte[reader.ValueSpan.Length], out var text))
            return EventField.None;
        var unescaped = Encoding.UTF8.GetString(text);
        return Names.FirstOrDefault(entry => entry.Name == unescaped).Field;
    }

    public static readonly IReadOnlyList<(string Name, EventField Field)> Names =
    [
        ("id", EventField.Id),
        ("event_type", EventField.EventType),
        ("service", EventField.Service),
        ("quantity", EventField.Quantity),
        ("unit", EventField.Unit),
        ("unit_cost_usd", EventField.UnitCostUsd),
        ("episode_id", EventField.EpisodeId),
        ("podcast_id", EventField.PodcastId),
        ("user_id", EventField.UserId),
        ("metadata", EventField.Metadata),
        ("timestamp", EventField.Timestamp),
        ("total_cost_usd", EventField.TotalCostUsd),
        ("created_at", EventField.CreatedAt),
        ("priced_by", EventField.PricedBy),
        ("price_id", EventField.PriceId),
        ("status", EventField.Status),
    ];
}
