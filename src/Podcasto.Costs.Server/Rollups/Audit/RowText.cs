using System.Data.Common;
using System.Globalization;
using Npgsql;
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
        if (reader is not NpgsqlDataReader postgres)
            return Of(reader.GetValue(ordinal));
        return type switch
        {
            NpgsqlDbType.Date => Of(postgres.GetFieldValue<DateOnly>(ordinal)),
            NpgsqlDbType.TimestampTz => Of(postgres.GetFieldValue<DateTimeOffset>(ordinal)),
            _ => Of(postgres.GetValue(ordinal)),
        };
    }
}
