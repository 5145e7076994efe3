using NpgsqlTypes;
using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Server.Ingest;

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
