using System.Text.Json;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Exports.Events;

/// <summary>Events as JSON that <c>POST /api/v1/events</c> takes: an empty server that takes them all has the same costs.</summary>
internal static class EventLines
{
    public static void Write(Utf8JsonWriter json, StoredEvent row)
    {
        json.WriteStartObject();
        json.WriteString("id", row.Id);
        Write(json, "episode_id", row.EpisodeId);
        Write(json, "podcast_id", row.EffectivePodcastId);
        Write(json, "user_id", row.UserId);
        json.WriteString("event_type", row.EventType);
        json.WriteString("service", row.Service);
        json.WriteString("quantity", DecimalText.Format(row.Quantity));
        json.WriteString("unit", row.Unit);
        // With a unit cost of zero it would count as free, and no longer as unpriced.
        if (ExportedEvents.UnitCostUsd(row) is { } unitCost)
            json.WriteString("unit_cost_usd", DecimalText.Format(unitCost));
        json.WriteString("total_cost_usd", DecimalText.Format(row.TotalCostUsd));
        if (row.Metadata is { } metadata)
        {
            json.WritePropertyName("metadata");
            // As it was stored: one line, to the last digit of its numbers.
            json.WriteRawValue(metadata, skipInputValidation: true);
        }

        json.WriteString("timestamp", WireJson.Format(row.Timestamp));
        json.WriteString("created_at", WireJson.Format(row.CreatedAt));
        json.WriteString("priced_by", row.PricedBy);
        Write(json, "price_id", row.PriceId);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Guid? id)
    {
        if (id is { } given)
            json.WriteString(name, given);
    }
}
