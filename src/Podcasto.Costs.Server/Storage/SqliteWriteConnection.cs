using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Podcasto.Costs.Server.Storage;

/// <summary>
/// The one connection that writes, kept open with its statements prepared: preparing those of a small batch takes longer than running
/// them. For whoever has the turn to write.
/// </summary>
internal sealed class SqliteWriteConnection(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public SqliteConnection Connection { get; } = connection;

    /// <summary>Whether it stands in a transaction.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(Connection.Handle!) == 0;

    /// <summary>The prepared statement; not for the caller to dispose of.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements.Add(sql, statement = new SqliteStatement(Connection, sql));
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
        Connection.Dispose();
    }
}
