using System.Text.Json;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Ingest.Reading;

internal static class EventFields
{
    /// <summary>The field of the current property name; <see cref="EventField.None"/> for one that no event has.</summary>
    public static EventField Of(ref Utf8JsonReader reader) => reader.ValueIsEscaped ? OfEscaped(ref reader) : Of(reader.ValueSpan);

    // The length decides between most of them before a byte is compared.
    private static EventField Of(ReadOnlySpan<byte> name) =>
        name.Length switch
        {
            2 when name.SequenceEqual("id"u8) => EventField.Id,
            4 when name.SequenceEqual("unit"u8) => EventField.Unit,
            6 when name.SequenceEqual("status"u8) => EventField.Status,
            7 when name.SequenceEqual("service"u8) => EventField.Service,
            7 when name.SequenceEqual("user_id"u8) => EventField.UserId,
            8 when name.SequenceEqual("quantity"u8) => EventField.Quantity,
            8 when name.SequenceEqual("metadata"u8) => EventField.Metadata,
            8 when name.SequenceEqual("price_id"u8) => EventField.PriceId,
            9 when name.SequenceEqual("timestamp"u8) => EventField.Timestamp,
            9 when name.SequenceEqual("priced_by"u8) => EventField.PricedBy,
            10 when name.SequenceEqual("event_type"u8) => EventField.EventType,
            10 when name.SequenceEqual("episode_id"u8) => EventField.EpisodeId,
            10 when name.SequenceEqual("podcast_id"u8) => EventField.PodcastId,
            10 when name.SequenceEqual("created_at"u8) => EventField.CreatedAt,
            13 when name.SequenceEqual("unit_cost_usd"u8) => EventField.UnitCostUsd,
            14 when name.SequenceEqual("total_cost_usd"u8) => EventField.TotalCostUsd,
            _ => EventField.None,
        };

    // "\u0069d" is "id" too, if nobody's habit.
    private static EventField OfEscaped(ref Utf8JsonReader reader)
    {
        // Not by ValueTextEquals, which throws where the name holds a lone surrogate.
        return JsonText.TryGet(ref reader, new byte[reader.ValueSpan.Length], out var name) ? Of(name) : EventField.None;
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
