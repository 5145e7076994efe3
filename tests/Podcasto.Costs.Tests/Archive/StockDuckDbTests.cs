using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Archive;

/// <summary>The files are anybody's to read: DuckDB's own SQL, no helper of ours.</summary>
public sealed class StockDuckDbTests
{
    [Fact]
    public async Task Archived_months_open_with_exact_types_and_add_up_to_what_the_interface_says()
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Archive:Directory", folder.Path));
        var client = await app.StartAsync();
        await AcceptanceBooks.LoadAsync(client);
        foreach (var month in new[] { "2025-08", "2025-09" })
            Assert.Equal("succeeded", (string?)(await client.RunJobAsync("archive", $$"""{"month":"{{month}}"}"""))["state"]);

        using var duck = new DuckDBConnection("Data Source=:memory:");
        duck.Open();
        var files = $"read_parquet('{folder.Path}/year=*/month=*/*.parquet', hive_partitioning = true, hive_types = {{'year': int, 'month': int}})";
        var types = Query(duck, $"describe select * from {files}").ToDictionary(row => row[0], row => row[1]);
        Assert.Equal("UUID", types["id"]);
        Assert.Equal("TIMESTAMP WITH TIME ZONE", types["timestamp"]);
        Assert.Equal("TIMESTAMP WITH TIME ZONE", types["created_at"]);
        Assert.Equal("DECIMAL(22,9)", types["quantity"]);
        Assert.Equal("DECIMAL(22,15)", types["unit_cost_usd"]);
        Assert.Equal("DECIMAL(22,12)", types["total_cost_usd"]);
        Assert.Equal("INTEGER", types["year"]);
        Assert.Equal("INTEGER", types["month"]);

        var cells = (await client.GetJsonAsync("/api/v1/costs?group_by=service&granularity=month&from=2025-08-01&to=2025-09-30&limit=1000"))[
            "items"
        ]!;
        var expected = cells.AsArray().Select(cell => $"{cell!["period"]} {cell["service"]} {cell["event_count"]} {cell["total_cost_usd"]}").Order();
        var actual = Query(duck, $"select format('{{}}-{{:02d}}', year, month), service, count(*), sum(total_cost_usd) from {files} group by all")
            .Select(row => $"{row[0]} {row[1]} {row[2]} {Plain(row[3])}")
            .Order();
        Assert.Equal(expected, actual);
        Assert.Equal(
            "zstd",
            Query(duck, $"select distinct lower(compression) from parquet_metadata('{folder.Path}/year=*/month=*/*.parquet')").Single()[0]
        );
        // Only the folder of the month is read: its rows are all of it.
        Assert.Equal(
            "0",
            Query(duck, $"select count(*) from {files} where month = 8 and monthname(timestamp at time zone 'UTC') <> 'August'").Single()[0]
        );
        await AssertManifestAsync(folder, duck);
    }

    private static async Task AssertManifestAsync(TempFolder folder, DuckDBConnection duck)
    {
        foreach (var path in folder.Files("*.json"))
        {
            var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
            var file = Path.Combine(Path.GetDirectoryName(path)!, (string)manifest["file"]!);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))), (string?)manifest["sha256"]);
            Assert.Equal(new FileInfo(file).Length, (long)manifest["bytes"]!);
            var sums = Query(duck, $"select service, count(*), sum(quantity), sum(total_cost_usd) from '{file}' group by 1 order by 1")
                .Select(row => $"{row[0]} {row[1]} {Plain(row[2])} {Plain(row[3])}");
            Assert.Equal(
                sums,
                manifest["services"]!.AsArray().Select(sum => $"{sum!["service"]} {sum["events"]} {sum["quantity"]} {sum["total_cost_usd"]}")
            );
            Assert.Equal(Query(duck, $"select count(*) from '{file}'").Single()[0], manifest["rows"]!.ToString());
        }
    }

    private static List<string[]> Query(DuckDBConnection duck, string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([
                .. Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!),
            ]);
        return rows;
    }

    private static string Plain(string amount) =>
        decimal.Parse(amount, CultureInfo.InvariantCulture).ToString("0.############################", CultureInfo.InvariantCulture);
}
