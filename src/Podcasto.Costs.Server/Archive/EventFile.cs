using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Parquet;

namespace Podcasto.Costs.Server.Archive;

/// <summary>The columns of an archived file: those of <c>cost_tracking_events</c>, in its words, exactly.</summary>
internal static class EventFile
{
    // The limits of the contract: quantities below 10^13 with 9 decimals, unit costs with 15, totals with 12.
    private const int Digits = 22;

    public static readonly IReadOnlyList<ParquetColumn<StoredEvent>> Columns =
    [
        ParquetColumn.Uuid<StoredEvent>("id", row => row.Id),
        ParquetColumn.Uuid<StoredEvent>("episode_id", row => row.EpisodeId),
        ParquetColumn.Uuid<StoredEvent>("podcast_id", row => row.PodcastId),
        ParquetColumn.Uuid<StoredEvent>("user_id", row => row.UserId),
        ParquetColumn.Uuid<StoredEvent>("price_id", row => row.PriceId),
        ParquetColumn.Instant<StoredEvent>("timestamp", row => row.Timestamp),
        ParquetColumn.Instant<StoredEvent>("created_at", row => row.CreatedAt),
        ParquetColumn.Text<StoredEvent>("event_type", row => row.EventType),
        ParquetColumn.Text<StoredEvent>("service", row => row.Service),
        ParquetColumn.Text<StoredEvent>("unit", row => row.Unit),
        ParquetColumn.Text<StoredEvent>("priced_by", row => row.PricedBy),
        ParquetColumn.Decimal<StoredEvent>("quantity", Digits, 9, row => row.Quantity),
        ParquetColumn.Decimal<StoredEvent>("unit_cost_usd", Digits, 15, row => row.UnitCostUsd),
        ParquetColumn.Decimal<StoredEvent>("total_cost_usd", Digits, 12, row => row.TotalCostUsd),
        ParquetColumn.Text<StoredEvent>("model", row => row.Model),
        ParquetColumn.Text<StoredEvent>("region", row => row.Region),
        ParquetColumn.Decimal<StoredEvent>("tokens", Digits, 9, row => row.Tokens),
        ParquetColumn.Decimal<StoredEvent>("duration_seconds", Digits, 9, row => row.DurationSeconds),
        ParquetColumn.Decimal<StoredEvent>("file_size_mb", Digits, 9, row => row.FileSizeMb),
        // Not of type JSON, which would read back what was written in another text.
        ParquetColumn.Text<StoredEvent>("metadata", row => row.Metadata),
    ];

    public static readonly string Names = string.Join(", ", Columns.Select(column => column.Name));

    /// <summary>Reads a row that was selected by <see cref="Names"/>.</summary>
    public static StoredEvent Read(ParquetRow row) =>
        new()
        {
            Id = row.Id(0),
            EpisodeId = row.IdOrNull(1),
            PodcastId = row.IdOrNull(2),
            UserId = row.IdOrNull(3),
            PriceId = row.IdOrNull(4),
            Timestamp = row.Instant(5),
            CreatedAt = row.Instant(6),
            EventType = row.Text(7),
            Service = row.Text(8),
            Unit = row.Text(9),
            PricedBy = row.Text(10),
            Quantity = row.Decimal(11),
            UnitCostUsd = row.Decimal(12),
            TotalCostUsd = row.Decimal(13),
            Model = row.TextOrNull(14),
            Region = row.TextOrNull(15),
            Tokens = row.DecimalOrNull(16),
            DurationSeconds = row.DecimalOrNull(17),
            FileSizeMb = row.DecimalOrNull(18),
            Metadata = row.TextOrNull(19),
        };
}
