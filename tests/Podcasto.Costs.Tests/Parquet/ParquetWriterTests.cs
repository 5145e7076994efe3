using DuckDB.NET.Data;
using Podcasto.Costs.Server.Parquet;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Parquet;

public sealed class ParquetWriterTests : IDisposable
{
    private static readonly ParquetColumn<Row>[] Columns =
    [
        ParquetColumn.Uuid<Row>("id", row => row.Id),
        ParquetColumn.Text<Row>("title \"quoted\"", row => row.Title),
        ParquetColumn.Json<Row>("tags", row => row.Tags),
        ParquetColumn.Integer<Row>("count", row => row.Count),
        ParquetColumn.Instant<Row>("at", row => row.At),
        ParquetColumn.Decimal<Row>("amount", 22, 12, row => row.Amount),
        ParquetColumn.LongDecimal<Row>("product", 38, 24, row => row.Product),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("podcasto-costs-parquet-").FullName;

    private string Target => Path.Combine(_folder, "it's.parquet");

    [Fact]
    public void Stock_duckdb_sees_the_types_and_the_values()
    {
        var row = new Row
        {
            Id = Guid.Parse("0198d0c6-0000-7000-8000-000000000001"),
            Title = "=\"שלום\",\r\n'x'",
            Tags = """{"a":1}""",
            Count = long.MaxValue,
            At = new DateTimeOffset(2025, 12, 31, 23, 59, 59, 999, 999, TimeSpan.Zero),
            Amount = 1_000_000_000.000000000001000m,
            Product = "99999999999999.999999999999999999999999",
        };
        Write([row, new Row()]);
        var read = Query(
            """"
            select id, "title ""quoted""", tags, count, "at", amount::varchar, product::varchar, typeof(id), typeof(tags), typeof("at"), typeof(amount), typeof(product), epoch_us("at")
            from TARGET
            """"
        );
        Assert.Equal(
            [
                row.Id,
                row.Title,
                row.Tags,
                row.Count,
                row.At.Value.UtcDateTime,
                "1000000000.000000000001",
                row.Product,
                "UUID",
                "JSON",
                "TIMESTAMP WITH TIME ZONE",
                "DECIMAL(22,12)",
                "DECIMAL(38,24)",
                row.At.Value.ToUnixTimeMilliseconds() * 1000 + 999,
            ],
            read[0]
        );
        Assert.All(read[1].Take(7), value => Assert.Null(value));
        Assert.Equal(["ZSTD"], Query("select distinct compression from parquet_metadata(TARGET)").Select(found => found[0]));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Rows_keep_their_order_across_row_groups_and_large_ones_stay_within_memory()
    {
        var large = new string('x', 16_000);
        Write(Enumerable.Range(0, 60_000).Select(index => new Row { Count = index, Title = index % 6 == 0 ? large : null }));
        var found = Query(
            """"
            select count(*), count(*) filter (where count <> file_row_number), sum(length("title ""quoted"""))
            from read_parquet(TARGET, file_row_number = true)
            """"
        )[0];
        Assert.Equal([60_000L, 0L, new System.Numerics.BigInteger(160_000_000)], found);
        Assert.True((long)Query("select max(row_group_bytes) from parquet_metadata(TARGET)")[0][0]! < 100_000_000);
    }

    [Theory]
    [InlineData("0.0000000000001")]
    [InlineData("10000000000")]
    public void A_decimal_that_does_not_fit_is_refused_not_rounded(string amount)
    {
        var row = new Row { Amount = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.Throws<OverflowException>(() => Write([row]));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Memory_that_does_not_suffice_is_named_and_leaves_nothing_behind()
    {
        var large = new string('x', 16_000);
        var error = Assert.Throws<ParquetMemoryException>(() =>
        {
            using var writer = new ParquetWriter<Row>(_folder, Columns, memoryMegabytes: 2);
            for (var index = 0; index < 10_000; index++)
                writer.Add(new Row { Title = large });
            writer.Finish(Target, CancellationToken.None);
        });
        Assert.Contains("memory", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Giving_up_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource();
        using (var writer = new ParquetWriter<Row>(_folder, Columns))
        {
            for (var index = 0; index < 100; index++)
                writer.Add(new Row { Count = index });
            stop.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => writer.Finish(Target, stop.Token));
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void What_a_killed_process_left_is_swept_and_what_is_in_use_is_not()
    {
        var abandoned = Path.Combine(_folder, "podcasto-costs-scratch-1");
        Directory.CreateDirectory(Path.Combine(abandoned, "rows"));
        File.WriteAllText(abandoned + ".lock", "");
        using var first = new ScratchFolder(_folder);
        using var second = new ScratchFolder(_folder);
        Assert.False(Directory.Exists(abandoned));
        Assert.True(Directory.Exists(first.Location));
        Assert.Equal(4, Directory.GetFileSystemEntries(_folder).Length);
    }

    [Theory]
    [InlineData(30_000)] // the file does not fit
    [InlineData(400_000)] // nor do the rows
    public void A_full_disk_is_named_and_leaves_nothing_behind(int rows)
    {
        using var disk = new SmallDisk(2);
        var random = new Random(1);
        var noise = new byte[100];
        var error = Assert.Throws<DiskFullException>(() =>
        {
            using var writer = new ParquetWriter<Row>(disk.Folder, Columns);
            for (var index = 0; index < rows; index++)
            {
                random.NextBytes(noise);
                writer.Add(new Row { Title = Convert.ToBase64String(noise) });
            }

            writer.Finish(Path.Combine(disk.Folder, "full.parquet"), CancellationToken.None);
        });
        Assert.Contains(disk.Folder, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(disk.Folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(IEnumerable<Row> rows)
    {
        using var writer = new ParquetWriter<Row>(_folder, Columns);
        foreach (var row in rows)
            writer.Add(row);
        writer.Finish(Target, CancellationToken.None);
    }

    // The library's own SQL on the file, and nothing of ours.
    private List<object?[]> Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("TARGET", $"'{Target.Replace("'", "''", StringComparison.Ordinal)}'", StringComparison.Ordinal);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? null : reader.GetValue(index))]);
        return rows;
    }

    private sealed record Row
    {
        public Guid? Id { get; init; }

        public string? Title { get; init; }

        public string? Tags { get; init; }

        public long? Count { get; init; }

        public DateTimeOffset? At { get; init; }

        public decimal? Amount { get; init; }

        public string? Product { get; init; }
    }
}
