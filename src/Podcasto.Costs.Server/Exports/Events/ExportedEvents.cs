using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Hosting.Lists;
using Podcasto.Costs.Server.Parquet;

namespace Podcasto.Costs.Server.Exports.Events;

/// <summary>The columns of exported events, in the words and the order of the interface.</summary>
internal static class ExportedEvents
{
    public static readonly IReadOnlyList<ParquetColumn<StoredEvent>> Parquet =
    [
        ParquetColumn.Uuid<StoredEvent>("id", row => row.Id),
        ParquetColumn.Uuid<StoredEvent>("episode_id", row => row.EpisodeId),
        ParquetColumn.Uuid<StoredEvent>("podcast_id", row => row.EffectivePodcastId),
        ParquetColumn.Uuid<StoredEvent>("user_id", row => row.UserId),
        ParquetColumn.Text<StoredEvent>("event_type", row => row.EventType),
        ParquetColumn.Text<StoredEvent>("service", row => row.Service),
        ParquetColumn.Decimal<StoredEvent>("quantity", 22, 9, row => row.Quantity),
        ParquetColumn.Text<StoredEvent>("unit", row => row.Unit),
        ParquetColumn.Decimal<StoredEvent>("unit_cost_usd", 22, 15, UnitCostUsd),
        ParquetColumn.Decimal<StoredEvent>("total_cost_usd", 22, 12, row => row.TotalCostUsd),
        ParquetColumn.Text<StoredEvent>("metadata", row => row.Metadata),
        ParquetColumn.Instant<StoredEvent>("timestamp", row => row.Timestamp),
        ParquetColumn.Instant<StoredEvent>("created_at", row => row.CreatedAt),
        ParquetColumn.Text<StoredEvent>("priced_by", row => row.PricedBy),
        ParquetColumn.Uuid<StoredEvent>("price_id", row => row.PriceId),
    ];

    public static readonly IReadOnlyList<CsvColumn<StoredEvent>> Csv =
    [
        new("id", row => row.Id),
        new("episode_id", row => row.EpisodeId),
        new("podcast_id", row => row.EffectivePodcastId),
        new("user_id", row => row.UserId),
        new("event_type", row => row.EventType),
        new("service", row => row.Service),
        new("quantity", row => row.Quantity),
        new("unit", row => row.Unit),
        new("unit_cost_usd", row => UnitCostUsd(row)),
        new("total_cost_usd", row => row.TotalCostUsd),
        new("metadata", row => row.Metadata),
        new("timestamp", row => row.Timestamp),
        new("created_at", row => row.CreatedAt),
        new("priced_by", row => row.PricedBy),
        new("price_id", row => row.PriceId),
    ];

    /// <summary>US dollars for one unit; null where nothing priced the event.</summary>
    public static decimal? UnitCostUsd(StoredEvent row) => row.PricedBy == "none" ? null : row.UnitCostUsd;
}
