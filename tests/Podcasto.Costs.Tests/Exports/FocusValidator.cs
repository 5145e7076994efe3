using System.Numerics;
using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Exports;

/// <summary>Holds an export against every rule of FOCUS 1.2 for rows of usage, in both formats.</summary>
internal static class FocusValidator
{
    /// <summary>Validates a month, and answers its rows by the Parquet file.</summary>
    public static async Task<FocusData> ValidateAsync(HttpClient client, TempFolder folder, string month)
    {
        using var csv = await FocusData.OpenAsync(client, folder, month, "csv");
        var parquet = await FocusData.OpenAsync(client, folder, month, "parquet");
        AssertMetadata(parquet.Metadata, month);
        foreach (var data in new[] { csv, parquet })
        {
            AssertColumns(data);
            AssertRows(data, month);
            AssertTexts(data);
            await AssertSumsAsync(data, client, month);
        }

        AssertCsvForms(csv);
        AssertSame(csv, parquet);
        return parquet;
    }

    private static void AssertMetadata(JsonNode metadata, string month)
    {
        Assert.NotEqual("", (string?)metadata["DataGenerator"]);
        var schema = metadata["Schema"]!;
        Assert.True(Guid.TryParse((string?)schema["SchemaId"], out _));
        Assert.Equal("1.2", (string?)schema["FocusVersion"]);
        Assert.EndsWith("Z", (string)schema["CreationDate"]!, StringComparison.Ordinal);
        Assert.StartsWith(month, (string)metadata["x_BillingPeriodStart"]!, StringComparison.Ordinal);
        foreach (var column in schema["ColumnDefinition"]!.AsArray())
        {
            var type = (string?)column!["DataType"];
            Assert.Contains(type, new[] { "Decimal", "String", "Date/Time", "JSON" });
            Assert.Equal(type == "Decimal", column["NumericPrecision"] is not null && column["NumberScale"] is not null);
            Assert.Equal(type is "String" or "JSON", column["StringMaxLength"] is not null && (string?)column["StringEncoding"] == "UTF-8");
            Assert.Equal((string?)column["ColumnName"] == "Tags", column["ProviderTagPrefixes"] is not null);
        }
    }

    private static void AssertColumns(FocusData data)
    {
        var found = data.Query("select column_name, data_type from information_schema.columns where table_name = 'data' order by ordinal_position");
        var names = found.Select(column => (string)column[0]!).ToList();
        Assert.Equal(FocusRules.Columns, names.Take(FocusRules.Columns.Length));
        Assert.All(names.Skip(FocusRules.Columns.Length), name => Assert.Matches("^x_[A-Z][A-Za-z]*$", name));
        Assert.Equal(
            data.Columns.Select(column => $"{column["ColumnName"]} {FocusData.TypeOf(column)}"),
            found.Select(column => $"{column[0]} {column[1]}")
        );
    }

    private static void AssertRows(FocusData data, string month)
    {
        Hold(data, "month asked for", $"strftime(BillingPeriodStart, '%Y-%m') = '{month}'");
        foreach (var (rule, condition) in FocusRules.OfRows)
            Hold(data, rule, condition);
        foreach (var column in data.Columns.Select(column => (string)column["ColumnName"]!).Except(FocusRules.Nullable))
            Hold(data, "not null", $"\"{column}\" is not null");
        foreach (var (of, one) in FocusRules.Dependent)
            Assert.True(
                data.Text($"select count(*) from (select {of} from data where {of} is not null group by {of} having count(distinct {one}) > 1)")
                    == "0",
                $"{data.Format}: one {of} has two {one}"
            );
        // Here, because the product may have more digits than the 38 that SQL would give it.
        foreach (var row in data.Query("select ListUnitPrice::varchar, PricingQuantity::varchar, ListCost::varchar from data"))
            Assert.Equal(Scaled(row[2], 60), Scaled(row[0], 30) * Scaled(row[1], 30));
    }

    // Texts that stand for a null are worse than one; a text is no longer than the metadata says.
    private static void AssertTexts(FocusData data)
    {
        foreach (var column in data.Columns.Where(column => column["StringMaxLength"] is not null))
        {
            var name = $"\"{column["ColumnName"]}\"";
            Hold(data, "real nulls", $"{name} is null or lower(trim({name})) not in ('', 'n/a', 'null', 'not applicable', 'none', 'unknown')");
            // An apostrophe before what a spreadsheet would run comes on top.
            Hold(data, "length", $"{name} is null or length({name}) <= {column["StringMaxLength"]} + {(data.Format == "csv" ? 1 : 0)}");
        }
    }

    private static async Task AssertSumsAsync(FocusData data, HttpClient client, string month)
    {
        var summary = await client.GetJsonAsync($"/api/v1/monthly/{month}");
        Assert.Equal("True", data.Text($"select coalesce(sum(BilledCost), 0) = {summary["total_cost_usd"]} from data"));
        Assert.Equal((string?)summary["total_cost_usd"], (string?)data.Metadata["x_BilledCost"]);
        Assert.Equal(data.Metadata["x_EventCount"]!.ToString(), data.Text("select coalesce(sum(x_EventCount), 0)::bigint::varchar from data"));
    }

    private static void AssertCsvForms(FocusData csv)
    {
        foreach (var column in csv.Columns)
        {
            var form = (string?)column["DataType"] switch
            {
                "Decimal" => "(0|[1-9]\\d*)(\\.\\d*[1-9])?",
                "Date/Time" => "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ",
                _ => null,
            };
            if (form is not null)
                Assert.Empty(csv.Query($"select {column["ColumnName"]} from raw where not regexp_full_match({column["ColumnName"]}, '{form}')"));
        }

        // What a spreadsheet would run as a formula is text.
        foreach (var column in FocusRules.Columns)
            Assert.Empty(csv.Query($"select \"{column}\" from raw where regexp_matches(\"{column}\", '^[=+\\-@\\t\\r]')"));
    }

    private static void AssertSame(FocusData csv, FocusData parquet)
    {
        var columns = string.Join(", ", csv.Columns.Select(column => $"\"{column["ColumnName"]}\"::varchar"));
        var (left, right) = (csv.Query($"select {columns} from data"), parquet.Query($"select {columns} from data"));
        Assert.Equal(right.Count, left.Count);
        foreach (var (text, value) in left.Zip(right).SelectMany(pair => pair.First.Zip(pair.Second)))
            Assert.True(Equals(text, value) || Equals(text, $"'{value}"), $"CSV has {text}, Parquet {value}");
    }

    private static void Hold(FocusData data, string rule, string condition)
    {
        var broken = data.Query($"select * from data where ({condition}) is not true limit 1");
        Assert.True(broken.Count == 0, $"{data.Format}, {rule}: {condition}\n{string.Join(" | ", broken.SelectMany(row => row))}");
    }

    private static BigInteger Scaled(object? text, int scale)
    {
        var parts = ((string)text!).Split('.');
        var fraction = parts.Length > 1 ? parts[1] : "";
        return BigInteger.Parse(parts[0] + fraction.PadRight(scale, '0'), System.Globalization.CultureInfo.InvariantCulture);
    }
}
