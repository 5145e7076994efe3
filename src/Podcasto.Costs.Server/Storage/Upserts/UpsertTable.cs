using System.Collections.Concurrent;
using System.Text;
using NpgsqlTypes;

namespace Podcasto.Costs.Server.Storage.Upserts;

/// <summary>A table whose rows are merged into: its columns, and how each of them changes. Built once, then shared.</summary>
internal sealed class UpsertTable<TRow>(string name)
{
    private readonly List<UpsertColumn<TRow>> _columns = [];
    private readonly List<string> _keys = [];
    private readonly ConcurrentDictionary<(Type Database, bool Replacing), string> _statements = new();

    public string Name { get; } = name;

    public IReadOnlyList<UpsertColumn<TRow>> Columns => _columns;

    public IReadOnlyList<string> Keys => _keys;

    public UpsertTable<TRow> Key<TValue>(string column, Func<TRow, TValue> get)
    {
        _keys.Add(column);
        return Add(column, get, null);
    }

    /// <summary>An amount or a count that is added to.</summary>
    public UpsertTable<TRow> Sum<TValue>(string column, Func<TRow, TValue> get) =>
        Add(
            column,
            get,
            (database, self) => typeof(TValue) == typeof(decimal) ? database.Add($"t.{self}", $"excluded.{self}") : $"t.{self} + excluded.{self}"
        );

    /// <summary>A column that takes the new row's value.</summary>
    public UpsertTable<TRow> Replace<TValue>(string column, Func<TRow, TValue> get) => Add(column, get, (_, self) => $"excluded.{self}");

    /// <summary>A column that is written with the row and never changed.</summary>
    public UpsertTable<TRow> Once<TValue>(string column, Func<TRow, TValue> get) => Add(column, get, null);

    /// <summary>A column with a rule of its own.</summary>
    public UpsertTable<TRow> Add<TValue>(string column, Func<TRow, TValue> get, Merge<TRow>? merge)
    {
        _columns.Add(new UpsertColumn<TRow, TValue>(column, SqlType.Of(typeof(TValue)), get, merge));
        return this;
    }

    /// <summary>The statement that merges rows: unnested arrays on PostgreSQL, one row of parameters on SQLite.</summary>
    /// <param name="database">The engine.</param>
    /// <param name="replacing">Whether stored rows take over the new values as they are, instead of each by its rule.</param>
    public string UpsertStatement(Database database, bool replacing = false)
    {
        return _statements.GetOrAdd((database.GetType(), replacing), _ => Build());

        string Build()
        {
            var names = string.Join(", ", _columns.Select(column => column.Name));
            var sql = new StringBuilder().Append("insert into ").Append(Name).Append(" as t (").Append(names).Append(") ");
            if (database is PostgresDatabase)
                sql.Append("select * from unnest(")
                    .AppendJoin(", ", _columns.Select((column, index) => $"${index + 1}::{SqlType.ArrayName(column.Type)}"))
                    .Append(')');
            else
                sql.Append("values (").AppendJoin(", ", _columns.Select((_, index) => $"@p{index}")).Append(')');
            var changes = _columns
                .Where(column => column.Merge is not null)
                .Select(column => $"{column.Name} = {(replacing ? $"excluded.{column.Name}" : column.Merge!(database, column.Name))}");
            return sql.Append(" on conflict (").AppendJoin(", ", _keys).Append(") do update set ").AppendJoin(", ", changes).ToString();
        }
    }
}

/// <summary>The PostgreSQL types of rollup columns.</summary>
internal static class SqlType
{
    public static NpgsqlDbType Of(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value == typeof(Guid) ? NpgsqlDbType.Uuid
            : value == typeof(decimal) ? NpgsqlDbType.Numeric
            : value == typeof(long) ? NpgsqlDbType.Bigint
            : value == typeof(DateOnly) ? NpgsqlDbType.Date
            : value == typeof(DateTimeOffset) ? NpgsqlDbType.TimestampTz
            : value == typeof(string) ? NpgsqlDbType.Text
            : throw new ArgumentOutOfRangeException(nameof(type), type, "No column holds this type.");
    }

    public static string ArrayName(NpgsqlDbType type) =>
        type switch
        {
            NpgsqlDbType.Uuid => "uuid[]",
            NpgsqlDbType.Numeric => "numeric[]",
            NpgsqlDbType.Bigint => "bigint[]",
            NpgsqlDbType.Date => "date[]",
            NpgsqlDbType.TimestampTz => "timestamptz[]",
            NpgsqlDbType.Text => "text[]",
            NpgsqlDbType.Json => "json[]",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No column has this type."),
        };
}
