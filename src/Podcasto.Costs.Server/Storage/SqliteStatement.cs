using System.Buffers.Text;
using System.Text;
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
    private const int MaxOnStack = 256;

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

    public void Bind(DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[SqliteText.InstantLength];
        SqliteText.Format(value, text);
        BindText(text);
    }

    public void Bind(DateOnly value)
    {
        Span<byte> text = stackalloc byte[SqliteText.DateLength];
        SqliteText.Format(value, text);
        BindText(text);
    }

    public void Bind(decimal value)
    {
        Span<byte> text = stackalloc byte[DecimalText.MaxLength];
        BindText(text[..DecimalText.Format(value, text)]);
    }

    public void Bind(long value) => Check(raw.sqlite3_bind_int64(_statement, _next++, value));

    public void Bind(string value)
    {
        Span<byte> text = stackalloc byte[MaxOnStack];
        // The driver takes an empty span for null.
        if (value.Length > 0 && Encoding.UTF8.TryGetBytes(value, text, out var length))
            BindText(text[..length]);
        else
            Check(raw.sqlite3_bind_text(_statement, _next++, value));
    }

    /// <summary>Binds a value of any type that a column has; null where there is none.</summary>
    // The compiler leaves one branch of it for each type of value.
    public void BindOptional<T>(T value)
    {
        if (value is null)
            BindNull();
        else if (value is Guid id)
            Bind(id);
        else if (value is decimal amount)
            Bind(amount);
        else if (value is long integer)
            Bind(integer);
        else if (value is DateOnly date)
            Bind(date);
        else if (value is DateTimeOffset instant)
            Bind(instant);
        else if (value is string text)
            Bind(text);
        else
            throw new ArgumentOutOfRangeException(nameof(value), value, "No column holds this type.");
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

    /// <summary>Goes to its next row; at the end the statement can be bound and run again.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        _next = 1;
        raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE)
            Check(code);
        return false;
    }

    // Of the row that it is at.

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}
