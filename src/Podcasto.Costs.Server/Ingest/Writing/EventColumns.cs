using System.Text;
using NpgsqlTypes;
using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Server.Ingest.Writing;

/// <summary>The columns of <c>cost_tracking_events</c>, in the order in which the bulk paths write them.</summary>
internal static class EventColumns
{
    public const string Names =
        "id, episode_id, podcast_id, user_id, price_id, timestamp, created_at, event_type, service, unit, priced_by, "
        + "quantity, unit_cost_usd, total_cost_usd, model, region, tokens, duration_seconds, file_size_mb, metadata";

    public const int Count = 20;

    public static readonly IReadOnlyList<NpgsqlDbType> Types =
    [
        NpgsqlDbType.Uuid,
        NpgsqlDbType.Uuid,
        NpgsqlDbType.Uuid,
        NpgsqlDbType.Uuid,
        NpgsqlDbType.Uuid,
        NpgsqlDbType.TimestampTz,
        NpgsqlDbType.TimestampTz,
        NpgsqlDbType.Text,
        NpgsqlDbType.Text,
        NpgsqlDbType.Text,
        NpgsqlDbType.Text,
        NpgsqlDbType.Numeric,
        NpgsqlDbType.Numeric,
        NpgsqlDbType.Numeric,
        NpgsqlDbType.Text,
        NpgsqlDbType.Text,
        NpgsqlDbType.Numeric,
        NpgsqlDbType.Numeric,
        NpgsqlDbType.Numeric,
        NpgsqlDbType.Json,
    ];

    /// <summary>The value of a column as Npgsql takes it; null for none.</summary>
    public static object? Value(PricedEvent priced, int column, DateTimeOffset storedAt)
    {
        var costEvent = priced.Event;
        return column switch
        {
            0 => costEvent.Id,
            1 => costEvent.EpisodeId,
            2 => costEvent.PodcastId,
            3 => costEvent.UserId,
            4 => priced.PriceId,
            5 => costEvent.Timestamp,
            6 => storedAt,
            7 => costEvent.Type.Name(),
            8 => costEvent.Service,
            9 => costEvent.Unit,
            10 => priced.PricedBy.Name(),
            11 => costEvent.Quantity,
            12 => priced.UnitCostUsd,
            13 => priced.TotalCostUsd,
            14 => costEvent.Model,
            15 => costEvent.Region,
            16 => costEvent.Usage.Tokens,
            17 => costEvent.Usage.DurationSeconds,
            18 => costEvent.Usage.FileSizeMb,
            _ => costEvent.Metadata.IsEmpty ? null : Encoding.UTF8.GetString(costEvent.Metadata.Span),
        };
    }

    public static string Name(this PricedBy pricedBy) =>
        pricedBy switch
        {
            PricedBy.Event => "event",
            PricedBy.Price => "price",
            _ => "none",
        };

    public static PricedBy ParsePricedBy(string name) =>
        name switch
        {
            "event" => PricedBy.Event,
            "price" => PricedBy.Price,
            _ => PricedBy.None,
        };
}
