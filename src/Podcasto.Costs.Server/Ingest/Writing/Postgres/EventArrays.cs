using System.Text;
using Npgsql;
using NpgsqlTypes;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Ingest.Writing.Postgres;

/// <summary>Events as parameters, an array a column, for one insert of a few of them.</summary>
internal static class EventArrays
{
    /// <summary>Inserts what is not there yet, and returns the ids of that.</summary>
    public static readonly string Insert = $"""
        insert into cost_tracking_events ({EventColumns.Names})
        select {string.Join(", ", EventColumns.Types.Select((type, index) => $"unnest(${index + 1}::{SqlType.Name(type)}[])"))}
        on conflict do nothing returning id
        """;

    /// <summary>The parameters of <see cref="EventColumns.Names"/>, in their order.</summary>
    public static void AddTo(NpgsqlParameterCollection parameters, IReadOnlyList<PricedEvent> events, DateTimeOffset storedAt)
    {
        Add(NpgsqlDbType.Uuid, priced => priced.Event.Id);
        Add(NpgsqlDbType.Uuid, priced => priced.Event.EpisodeId);
        Add(NpgsqlDbType.Uuid, priced => priced.Event.PodcastId);
        Add(NpgsqlDbType.Uuid, priced => priced.Event.UserId);
        Add(NpgsqlDbType.Uuid, priced => priced.PriceId);
        Add(NpgsqlDbType.TimestampTz, priced => priced.Event.Timestamp);
        Add(NpgsqlDbType.TimestampTz, _ => storedAt);
        Add(NpgsqlDbType.Text, priced => priced.Event.Type.Name());
        Add(NpgsqlDbType.Text, priced => priced.Event.Service);
        Add(NpgsqlDbType.Text, priced => priced.Event.Unit);
        Add(NpgsqlDbType.Text, priced => priced.PricedBy.Name());
        Add(NpgsqlDbType.Numeric, priced => priced.Event.Quantity);
        Add(NpgsqlDbType.Numeric, priced => priced.UnitCostUsd);
        Add(NpgsqlDbType.Numeric, priced => priced.TotalCostUsd);
        Add(NpgsqlDbType.Text, priced => priced.Event.Model);
        Add(NpgsqlDbType.Text, priced => priced.Event.Region);
        Add(NpgsqlDbType.Numeric, priced => priced.Event.Usage.Tokens);
        Add(NpgsqlDbType.Numeric, priced => priced.Event.Usage.DurationSeconds);
        Add(NpgsqlDbType.Numeric, priced => priced.Event.Usage.FileSizeMb);
        Add(NpgsqlDbType.Json, priced => priced.Event.Metadata.IsEmpty ? null : Encoding.UTF8.GetString(priced.Event.Metadata.Span));

        void Add<T>(NpgsqlDbType type, Func<PricedEvent, T> value)
        {
            var values = new T[events.Count];
            for (var index = 0; index < values.Length; index++)
                values[index] = value(events[index]);
            parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
        }
    }
}
