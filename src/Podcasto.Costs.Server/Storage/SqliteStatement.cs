using System.Buffers.Text;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Podcasto.Costs.Core.Numbers;
using SQLitePCL;

namespace Podcasto.Costs.Server.Storage;

/// <summary>
/// One prepared statement that is run for many rows, its values bound as UTF-8 without a string in between: the driver's own commands
/// take twice the time. Values have the forms of <see cref="SqliteText"/>. Not thread-safe.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private int _next = 1;

    /// <exception cref="SqliteException">The statement is wrong.</exception>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(_connection, sql, out _statement));
    }

    // Binds to the next parameter.

    public void Bind(Guid value)
    {
        Span<byte> text = stackalloc byte[36];
        Utf8Formatter.TryFormat(value, text, out var length);
        BindText(text[..length]);
    }

    public void Bind(Guid? value)
    {
        if (value is { } given)
            Bind(given);
        else
            BindNull();
    }

    public void Bind(DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[32];
        value.UtcDateTime.TryFormat(text, out var length, SqliteText.InstantFormat, CultureInfo.InvariantCulture);
        BindText(text[..length]);
    }

    public void Bind(decimal value)
    {
        Span<byte> text = stackalloc byte[DecimalText.MaxLength];
        BindText(text[..DecimalText.Format(value, text)]);
    }

    public void Bind(decimal? value)
    {
        if (value is { } given)
            Bind(given);
        else
            BindNull();
    }

    public void Bind(string? value)
    {
        if (value is null)
            BindNull();
        else
            Check(raw.sqlite3_bind_text(_statement, _next++, value));
    }

    public void BindText(ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(_statement, _next++, utf8));

    public void BindNull() => Check(raw.sqlite3_bind_null(_statement, _next++));

    /// <summary>Runs it with what was bound.</summary>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public int Run()
    {
        _next = 1;
        var code = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE)
            Check(code);
        return raw.sqlite3_changes(_connection);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}
