using System.Globalization;
using Podcasto.Costs.Core.Numbers;

namespace Podcasto.Costs.Server.Storage;

/// <summary>How SQLite holds values that it has no type for: texts whose order is the values' own, but for amounts.</summary>
internal static class SqliteText
{
    public const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const string DateFormat = "yyyy-MM-dd";

    public static string Of(Guid value) => value.ToString("D");

    public static string Of(decimal value) => DecimalText.Format(value);

    public static string Of(DateOnly value) => value.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static string Of(DateTimeOffset value) => value.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>The value as SQLite stores it.</summary>
    public static object Of(object? value) =>
        value switch
        {
            null => DBNull.Value,
            Guid id => Of(id),
            decimal amount => Of(amount),
            DateOnly date => Of(date),
            DateTimeOffset instant => Of(instant),
            _ => value,
        };

    public static decimal ToDecimal(string text) =>
        decimal.Parse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static DateOnly ToDate(string text) => DateOnly.ParseExact(text, DateFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset ToInstant(string text) =>
        DateTimeOffset.ParseExact(
            text,
            InstantFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
}
