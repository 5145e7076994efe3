using Podcasto.Costs.Server.Hosting.Lists;
using Podcasto.Costs.Server.Parquet;

namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>A column of the export: one definition for CSV, Parquet and the metadata.</summary>
internal sealed record FocusColumn
{
    public required string Name { get; init; }

    /// <summary>FOCUS's word for its type.</summary>
    public required string DataType { get; init; }

    public required ParquetColumn<FocusRow> Parquet { get; init; }

    public required CsvColumn<FocusRow> Csv { get; init; }

    /// <summary>Most digits in all; null where it is no number.</summary>
    public int? Precision { get; init; }

    /// <summary>Most digits after the point.</summary>
    public int? Scale { get; init; }

    /// <summary>Most characters; null where it is no text.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What the keys of tags that are ours start with.</summary>
    public string? TagPrefix { get; init; }

    public static FocusColumn Text(string name, int maxLength, Func<FocusRow, string?> get) =>
        new()
        {
            Name = name,
            DataType = "String",
            Parquet = ParquetColumn.Text(name, get),
            Csv = new CsvColumn<FocusRow>(name, get),
            MaxLength = maxLength,
        };

    /// <summary>A JSON object of scalars. Of type text in Parquet: readers that know no JSON type read it too.</summary>
    public static FocusColumn KeyValues(string name, int maxLength, Func<FocusRow, string?> get) =>
        Text(name, maxLength, get) with
        {
            DataType = "JSON",
        };

    public static FocusColumn Instant(string name, Func<FocusRow, DateTimeOffset> get) =>
        new()
        {
            Name = name,
            DataType = "Date/Time",
            Parquet = ParquetColumn.Instant<FocusRow>(name, row => get(row)),
            Csv = new CsvColumn<FocusRow>(name, row => get(row)),
        };

    public static FocusColumn Decimal(string name, int precision, int scale, Func<FocusRow, decimal> get) =>
        Number(name, precision, scale, ParquetColumn.Decimal<FocusRow>(name, precision, scale, row => get(row)), row => get(row));

    public static FocusColumn LongDecimal(string name, int precision, int scale, Func<FocusRow, string> get) =>
        Number(name, precision, scale, ParquetColumn.LongDecimal(name, precision, scale, get), get);

    private static FocusColumn Number(string name, int precision, int scale, ParquetColumn<FocusRow> parquet, Func<FocusRow, object?> get) =>
        new()
        {
            Name = name,
            DataType = "Decimal",
            Parquet = parquet,
            Csv = new CsvColumn<FocusRow>(name, get),
            Precision = precision,
            Scale = scale,
        };
}
