using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Exports;

/// <summary>
/// An export as its reader sees it: opened by DuckDB's own SQL, as the table <c>data</c> with types, and, of CSV, as <c>raw</c>, the texts as
/// they stand in the file. Nothing of the server reads it.
/// </summary>
internal sealed class FocusData : IDisposable
{
    private readonly DuckDBConnection _connection = new("Data Source=:memory:");

    private FocusData(string format, JsonNode metadata)
    {
        (Format, Metadata) = (format, metadata);
        _connection.Open();
        Execute("set TimeZone = 'UTC'");
    }

    public string Format { get; }

    public JsonNode Metadata { get; }

    public IEnumerable<JsonNode> Columns => Metadata["Schema"]!["ColumnDefinition"]!.AsArray().Select(column => column!);

    public static async Task<FocusData> OpenAsync(HttpClient client, TempFolder folder, string month, string format)
    {
        var data = new FocusData(format, await client.GetJsonAsync($"/api/v1/exports/focus/metadata?month={month}"));
        var file = folder.File($"{Guid.NewGuid()}.{format}");
        await File.WriteAllBytesAsync(file, await client.GetByteArrayAsync($"/api/v1/exports/focus?month={month}&format={format}"));
        if (format == "parquet")
            data.Execute($"create table data as from read_parquet('{file}')");
        else
            data.ReadCsv(file);
        return data;
    }

    public List<object?[]> Query(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? null : reader.GetValue(index))]);
        return rows;
    }

    public string Text(string sql) => Query(sql)[0][0]?.ToString() ?? "";

    public void Dispose() => _connection.Dispose();

    /// <summary>DuckDB's type of a column, by what the metadata says of it.</summary>
    public static string TypeOf(JsonNode column) =>
        (string?)column["DataType"] switch
        {
            "Decimal" => $"DECIMAL({column["NumericPrecision"]},{column["NumberScale"]})",
            "Date/Time" => "TIMESTAMP WITH TIME ZONE",
            _ => "VARCHAR",
        };

    // A quoted empty field is a text and no null: FOCUS wants real nulls.
    private void ReadCsv(string file)
    {
        var texts = string.Join(", ", Columns.Select(column => $"'{column["ColumnName"]}': 'VARCHAR'"));
        Execute(
            $$"""
            create table raw as from read_csv('{{file}}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
              new_line = '\r\n', allow_quoted_nulls = false, parallel = false, columns = { {{texts}} })
            """
        );
        var typed = string.Join(
            ", ",
            Columns.Select(column => $"cast(\"{column["ColumnName"]}\" as {TypeOf(column)}) as \"{column["ColumnName"]}\"")
        );
        Execute($"create table data as select {typed} from raw");
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
