using System.Globalization;
using DuckDB.NET.Data;

namespace Podcasto.Costs.Server.Parquet;

/// <summary>A column of a Parquet file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in the file, in DuckDB's words.</param>
/// <param name="Append">Adds a row's value, or null.</param>
internal sealed record ParquetColumn<T>(string Name, string Type, Action<IDuckDBAppenderRow, T> Append)
{
    /// <summary>The type in which rows wait; the file's own, but for text that is cast when the file is written.</summary>
    public string StagedType { get; init; } = Type;

    /// <summary>How many bytes a value may have beyond a few words; null where none has.</summary>
    public Func<T, int>? Size { get; init; }
}

/// <summary>The kinds of columns there are.</summary>
internal static class ParquetColumn
{
    public static ParquetColumn<T> Uuid<T>(string name, Func<T, Guid?> get) => new(name, "UUID", (row, item) => row.AppendValue(get(item)));

    public static ParquetColumn<T> Text<T>(string name, Func<T, string?> get) =>
        new(name, "VARCHAR", (row, item) => row.AppendValue(get(item))) { Size = item => get(item)?.Length ?? 0 };

    /// <summary>A text of JSON, marked as such.</summary>
    public static ParquetColumn<T> Json<T>(string name, Func<T, string?> get) => Text(name, get) with { Type = "JSON", StagedType = "VARCHAR" };

    public static ParquetColumn<T> Integer<T>(string name, Func<T, long?> get) => new(name, "BIGINT", (row, item) => row.AppendValue(get(item)));

    public static ParquetColumn<T> Instant<T>(string name, Func<T, DateTimeOffset?> get) =>
        new(name, "TIMESTAMPTZ", (row, item) => row.AppendValue(get(item)));

    /// <summary>An exact decimal.</summary>
    /// <param name="name">The column.</param>
    /// <param name="precision">Most digits in all, up to 38.</param>
    /// <param name="scale">Most digits after the point.</param>
    /// <param name="get">A value within both: one outside of them fails the file, it is never rounded.</param>
    public static ParquetColumn<T> Decimal<T>(string name, int precision, int scale, Func<T, decimal?> get) =>
        new(name, DecimalType(precision, scale), (row, item) => row.AppendValue(WithScale(get(item), scale)));

    /// <summary>An exact decimal of more digits than <see cref="decimal"/> has, as plain text; see <see cref="Decimal{T}"/>.</summary>
    public static ParquetColumn<T> LongDecimal<T>(string name, int precision, int scale, Func<T, string?> get) =>
        new(name, DecimalType(precision, scale), (row, item) => row.AppendValue(get(item))) { StagedType = "VARCHAR" };

    private static string DecimalType(int precision, int scale) => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({precision},{scale})");

    private static decimal? WithScale(decimal? value, int scale) =>
        value is not { } amount || amount.Scale <= scale ? value
        : Core.Numbers.DecimalText.Normalize(amount) is var normal && normal.Scale <= scale ? normal
        : throw new OverflowException($"{amount} has more than {scale} digits after the point.");
}
