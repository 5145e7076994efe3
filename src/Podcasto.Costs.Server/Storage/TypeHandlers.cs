using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Podcasto.Costs.Server.Storage;

/// <summary>Lets Dapper map the same C# types on both engines.</summary>
internal static class TypeHandlers
{
    private static readonly Lock Gate = new();
    private static bool s_registered;

    public static void Register()
    {
        lock (Gate)
        {
            if (s_registered)
                return;
            DefaultTypeMap.MatchNamesWithUnderscores = true;
            Add(new Handler<Guid>(Guid.Parse));
            Add(new Handler<decimal>(SqliteText.ToDecimal));
            Add(new Handler<DateOnly>(SqliteText.ToDate));
            Add(new Handler<DateTimeOffset>(SqliteText.ToInstant));
            s_registered = true;
        }
    }

    private static void Add<T>(Handler<T> handler)
        where T : struct
    {
        // Dapper binds these types itself unless told not to.
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(handler);
    }

    private sealed class Handler<T>(Func<string, T> parse) : SqlMapper.TypeHandler<T>
        where T : struct
    {
        public override void SetValue(IDbDataParameter parameter, T value) =>
            parameter.Value = parameter is SqliteParameter ? SqliteText.Of((object)value) : value;

        public override T Parse(object value) => value is string text ? parse(text) : FromEngine(value);

        private static T FromEngine(object value) =>
            value switch
            {
                T typed => typed,
                DateTime instant when typeof(T) == typeof(DateTimeOffset) => (T)
                    (object)new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)),
                DateTime date when typeof(T) == typeof(DateOnly) => (T)(object)DateOnly.FromDateTime(date),
                long number when typeof(T) == typeof(decimal) => (T)(object)(decimal)number,
                _ => throw new DataException($"A {value.GetType().Name} is not a {typeof(T).Name}."),
            };
    }
}
