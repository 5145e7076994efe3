using System.Data.Common;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Events that share all dimensions.</summary>
/// <param name="Sums">What they add up to; the podcast is at first the events' own.</param>
/// <param name="FirstEventAt">The timestamp of the earliest of them.</param>
/// <param name="LastEventAt">The timestamp of the latest of them.</param>
internal readonly record struct EventGroup(Contribution Sums, DateTimeOffset FirstEventAt, DateTimeOffset LastEventAt)
{
    /// <summary>Whether its podcast is the catalog's to say.</summary>
    public bool IsOrphan => Sums is { PodcastId: null, EpisodeId: not null };

    /// <summary>Reads a group of a day; column by column, because there are some hundred thousand of them in a million events.</summary>
    /// <param name="reader">At a row of <see cref="EventSums"/>.</param>
    /// <param name="asText">Whether the engine holds ids, amounts and instants as text.</param>
    /// <param name="day">The day.</param>
    public static EventGroup Read(DbDataReader reader, bool asText, DateOnly day) =>
        new(
            new Contribution
            {
                Day = day,
                EpisodeId = IdOrNull(reader, 0, asText),
                PodcastId = IdOrNull(reader, 1, asText),
                Service = reader.GetString(2),
                EventType = reader.GetString(3),
                Model = reader.IsDBNull(4) ? null : reader.GetString(4),
                Region = reader.IsDBNull(5) ? null : reader.GetString(5),
                CostUsd = Amount(reader, 6, asText),
                EventCount = reader.GetInt64(7),
                UnpricedCount = reader.GetInt64(8),
                Metrics = new UsageMetrics(
                    Amount(reader, 11, asText),
                    Amount(reader, 12, asText),
                    Amount(reader, 13, asText),
                    Amount(reader, 14, asText),
                    Amount(reader, 15, asText)
                ),
            },
            Instant(reader, 9, asText),
            Instant(reader, 10, asText)
        );

    private static DateTimeOffset Instant(DbDataReader reader, int column, bool asText) =>
        asText ? SqliteText.ToInstant(reader.GetString(column)) : reader.GetFieldValue<DateTimeOffset>(column);

    private static Guid? IdOrNull(DbDataReader reader, int column, bool asText) =>
        reader.IsDBNull(column) ? null
        : asText ? Guid.ParseExact(reader.GetString(column), "D")
        : reader.GetGuid(column);

    private static decimal Amount(DbDataReader reader, int column, bool asText) =>
        reader.IsDBNull(column) ? 0
        : asText ? SqliteText.ToDecimal(reader.GetString(column))
        : reader.GetDecimal(column);
}
