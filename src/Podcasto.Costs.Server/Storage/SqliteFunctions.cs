using Microsoft.Data.Sqlite;
using Podcasto.Costs.Core.Numbers;

namespace Podcasto.Costs.Server.Storage;

/// <summary>Exact arithmetic for amounts that SQLite holds as text; its own <c>sum</c>, <c>+</c> and <c>&lt;</c> answer in floating point or text order.</summary>
internal static class SqliteFunctions
{
    public static void Register(SqliteConnection connection)
    {
        connection.CreateCollation("decimal", (left, right) => SqliteText.ToDecimal(left).CompareTo(SqliteText.ToDecimal(right)));
        connection.CreateFunction<string?, string?, string?>("decimal_add", Add, isDeterministic: true);
        connection.CreateFunction<string, long, string>(
            "divide_half_even",
            (total, parts) => SqliteText.Of(ExactMath.Average(SqliteText.ToDecimal(total), parts)),
            isDeterministic: true
        );
        connection.CreateAggregate<object?, Sum, object?>("sum", default, (sum, value) => sum.Add(value), sum => sum.Value, isDeterministic: true);
    }

    private static string? Add(string? left, string? right) =>
        left is null || right is null ? null : SqliteText.Of(SqliteText.ToDecimal(left) + SqliteText.ToDecimal(right));

    /// <summary>A sum of integers stays an integer, one of amounts is decimal text; null where there was nothing to add.</summary>
    private readonly record struct Sum(decimal Amount, long Integer, bool HasAmount, bool HasInteger)
    {
        public object? Value =>
            (HasAmount, HasInteger) switch
            {
                (false, false) => null,
                (false, true) => Integer,
                _ => SqliteText.Of(Amount + Integer),
            };

        public Sum Add(object? value) =>
            value switch
            {
                null or DBNull => this,
                string text => this with { Amount = Amount + SqliteText.ToDecimal(text), HasAmount = true },
                long integer => this with { Integer = checked(Integer + integer), HasInteger = true },
                _ => throw new InvalidOperationException("A sum of money met a floating-point value."),
            };
    }
}
