using System.Data.Common;
using System.Globalization;
using NpgsqlTypes;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Values of both engines, and of C#, as the same text.</summary>
internal static class RowText
{
    public static string? Of(object? value) =>
        value switch
        {
            null or DBNull => null,
            decimal amount => DecimalText.Format(amount),
            Guid id => SqliteText.Of(id),
            DateOnly date => SqliteText.Of(date),
            DateTimeOffset instant => SqliteText.Of(instant),
            long number => number.ToString(CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };

    public static string? Read(DbDataReader reader, int ordinal, NpgsqlDbType type)
    {
        if (reader.IsDBNull(ordinal))
            return null;
        // Npgsql gives both dates and instants as DateTime.
        return reader.GetValue(ordinal) switch
        {
            DateTime date when type == NpgsqlDbType.Date => Of(DateOnly.FromDateTime(date)),
            DateTime instant => Of(new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc))),
            var value => Of(value),
        };
    }
}
