using Npgsql;
using NpgsqlTypes;

namespace Podcasto.Costs.Server.Storage.Upserts;

/// <summary>One column of an <see cref="UpsertTable{TRow}"/>.</summary>
/// <param name="name">The column.</param>
/// <param name="type">Its PostgreSQL type; see <see cref="SqlType"/>.</param>
/// <param name="merge">What the stored row takes over; null for a column of the key, or one that is written once.</param>
internal abstract class UpsertColumn<TRow>(string name, NpgsqlDbType type, Merge<TRow>? merge)
{
    public string Name { get; } = name;

    public NpgsqlDbType Type { get; } = type;

    public Merge<TRow>? Merge { get; } = merge;

    /// <summary>The column's values of all rows, as the array that PostgreSQL unnests.</summary>
    public abstract NpgsqlParameter Parameter(IReadOnlyList<TRow> rows);

    /// <summary>Binds the column's value to the statement's next parameter.</summary>
    public abstract void Bind(SqliteStatement statement, TRow row);

    public abstract object? Value(TRow row);
}

/// <summary>The SQL of a merged value; <c>t</c> is the stored row and <c>excluded</c> the new one.</summary>
internal delegate string Merge<TRow>(Database database, string column);

internal sealed class UpsertColumn<TRow, TValue>(string name, NpgsqlDbType type, Func<TRow, TValue> get, Merge<TRow>? merge)
    : UpsertColumn<TRow>(name, type, merge)
{
    public override NpgsqlParameter Parameter(IReadOnlyList<TRow> rows)
    {
        var values = new TValue[rows.Count];
        for (var index = 0; index < values.Length; index++)
            values[index] = get(rows[index]);
        return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | Type };
    }

    public override void Bind(SqliteStatement statement, TRow row) => statement.BindOptional(get(row));

    public override object? Value(TRow row) => get(row);
}
