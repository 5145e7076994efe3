using DuckDB.NET.Data;

namespace Podcasto.Costs.Server.Parquet;

/// <summary>A row of a query's result, read by position from 0.</summary>
internal sealed class ParquetRow(DuckDBDataReader reader)
{
    public Guid Id(int column) => reader.GetGuid(column);

    public Guid? IdOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    public string Text(int column) => reader.GetString(column);

    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public long Integer(int column) => reader.GetInt64(column);

    public decimal Decimal(int column) => reader.GetDecimal(column);

    public decimal? DecimalOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetDecimal(column);

    public DateOnly Date(int column) => reader.GetFieldValue<DateOnly>(column);

    /// <summary>A time with a zone, UTC.</summary>
    public DateTimeOffset Instant(int column) => new(DateTime.SpecifyKind(reader.GetFieldValue<DateTime>(column), DateTimeKind.Utc));
}
