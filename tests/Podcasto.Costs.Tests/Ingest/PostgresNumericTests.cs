using CsCheck;
using Npgsql;
using Podcasto.Costs.Server.Ingest.Writing.Postgres;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

public sealed class PostgresNumericTests
{
    private static readonly decimal[] Edges =
    [
        0m,
        0.0000m,
        1m,
        -1m,
        0.1m,
        10_000m,
        9_999.9999m,
        0.0001m,
        0.00010000m,
        100_000_000m,
        4_294_967_295m,
        4_294_967_296m,
        2_147_483_648m,
        18_446_744_073_709_551_615m,
        0.000000000000001m,
        999_999_999_999.999999999m,
        decimal.MaxValue,
        decimal.MinValue,
        0.0000000000000000000000000001m,
    ];

    [Fact]
    public void PostgreSQL_reads_back_every_decimal_that_was_encoded_by_hand() =>
        Gen.Decimal.Array[3000].Sample(values => AllComeBack([.. Edges, .. values]), iter: 3);

    private static void AllComeBack(decimal[] values)
    {
        using var connection = new NpgsqlConnection(PostgresServer.Shared.CreateDatabase());
        connection.Open();
        Execute(connection, "create table numbers (position numeric, value numeric)");
        using (var rows = new CopyBuffer(16))
        {
            for (var position = 0; position < values.Length; position++)
            {
                rows.StartRow(2);
                rows.Write((decimal)position);
                rows.Write(values[position]);
            }

            rows.End();
            using var copy = connection.BeginRawBinaryCopy("copy numbers (position, value) from stdin (format binary)");
            copy.Write(rows.Written.Span);
        }

        using var read = new NpgsqlCommand("select value::text from numbers order by position", connection);
        using var reader = read.ExecuteReader();
        foreach (var value in values)
        {
            Assert.True(reader.Read());
            // Text keeps the scale too: what PostgreSQL adds up and shows is what was sent.
            Assert.Equal(value.ToString(System.Globalization.CultureInfo.InvariantCulture), reader.GetString(0));
        }
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
