using System.Data;
using System.Data.Common;
using System.Text.Json;
using DbUp;
using Microsoft.Data.Sqlite;
using NpgsqlTypes;

namespace Podcasto.Costs.Server.Storage;

internal sealed class SqliteDatabase : Database, IDisposable
{
    private const int BusyTimeoutSeconds = 30;

    // The writer's pages: the upper levels and the right edges of the ledger's trees. Its default of 2 MB reads them again and again.
    // The log is written back every 16 MB instead of every 4: what lies close together then goes to the file once.
    private const string WriterSettings = "pragma cache_size = -16384; pragma wal_autocheckpoint = 4000";

    // SQLite has one writer. Waiting for it here is fair and costs nothing; waiting in SQLite is a sleep that may starve.
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly string _connectionString;
    private SqliteWriteConnection? _write;

    public SqliteDatabase(string? connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString ?? "Data Source=data/costs.db") { DefaultTimeout = BusyTimeoutSeconds };
        File = Path.GetFullPath(builder.DataSource);
        builder.DataSource = File;
        _connectionString = builder.ToString();
    }

    /// <summary>The full path of the database.</summary>
    public string File { get; }

    public void Dispose()
    {
        DropWriteConnection();
        _writer.Dispose();
        // Pooled connections keep the file open.
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
    }

    public override string Name => "SQLite";

    public override string Place => File;

    public override int UsefulWriters => 1;

    public override void Migrate()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        using var turn = WaitForMigrationLock(File + ".migrating");
        using (var connection = new SqliteConnection(_connectionString))
        {
            connection.Open();
            Execute(connection, "pragma journal_mode = wal");
        }

        var types = new Dictionary<string, string>
        {
            ["uuid"] = "text",
            ["decimal"] = "text",
            ["integer"] = "integer",
            ["instant"] = "text",
            ["date"] = "text",
            ["text"] = "text",
            ["json"] = "text",
            ["strict"] = "strict",
            ["by_total_cost"] = "cast(total_cost_usd as real) desc",
        };
        Migrations.Run(DeployChanges.To.SqliteDatabase(_connectionString), "sqlite", types);
    }

    /// <summary>Copies the database to a new file: one state of it, whatever is written meanwhile.</summary>
    /// <exception cref="IOException">The source is missing, or the target exists.</exception>
    public void BackUp(string target)
    {
        if (!System.IO.File.Exists(File))
            throw new IOException($"{File} is missing.");
        if (System.IO.File.Exists(target))
            throw new IOException($"{target} exists; a backup does not overwrite.");
        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder && !Directory.Exists(folder))
            throw new IOException($"{folder} is missing.");
        // A name of its own until it is whole.
        var partial = target + ".partial";
        System.IO.File.Delete(partial);
        try
        {
            using (var source = new SqliteConnection(_connectionString))
            using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = partial, Pooling = false }.ToString()))
            {
                source.Open();
                source.BackupDatabase(copy);
            }

            System.IO.File.Move(partial, target);
        }
        finally
        {
            System.IO.File.Delete(partial);
        }
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await OpenSqliteAsync(_connectionString, cancellationToken);

    public override async Task<LedgerTransaction> BeginAsync(LedgerAccess access, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            _write ??= await OpenWriterAsync(cancellationToken);
            // Immediate: takes the write lock now, also against other processes, so that what is read cannot go stale.
            var transaction = _write.Connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
            return new LedgerTransaction(_write.Connection, transaction, new Turn(this)) { KeepsConnection = true };
        }
        catch
        {
            EndTurn(isSound: false);
            throw;
        }
    }

    /// <summary>A statement of the write transaction that is under way, prepared once and kept.</summary>
    /// <param name="transaction">That transaction.</param>
    /// <param name="sql">The statement.</param>
    /// <exception cref="SqliteException">The statement is wrong.</exception>
    public SqliteStatement Statement(LedgerTransaction transaction, string sql) =>
        _write is { } write && write.Connection == transaction.Connection
            ? write.Statement(sql)
            : throw new InvalidOperationException("Only a write transaction has statements.");

    protected override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, bool sumsUp, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: true));

    public override bool IsTransient(Exception exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked };

    public override bool IsUnavailable(Exception exception) =>
        exception
            is SqliteException
            {
                SqliteErrorCode: Busy or Locked or ReadOnly or Interrupted or IoError or Full or CannotOpen or Protocol or NotADatabase
            }
        || exception is IOException or UnauthorizedAccessException;

    public override bool IsDuplicateKey(Exception exception) => exception is SqliteException { SqliteErrorCode: Constraint };

    // Overlaps are found by looking, under the write lock.
    public override bool IsOverlap(Exception exception) => false;

    public override string VersionQuery => "select sqlite_version()";

    public override string SizeQuery => "select page_count * page_size from pragma_page_count(), pragma_page_size()";

    // Most of a batch's deltas are zero in most categories; those need no call into our own code.
    public override string Add(string left, string right) =>
        $"case when {right} = '0' then {left} when {left} = '0' then {right} else decimal_add({left}, {right}) end";

    public override string Negative(string expression) => $"case {expression} when '0' then '0' else '-' || {expression} end";

    public override string IsGreater(string left, string right) => $"({left} collate decimal) > {right}";

    public override string Later(string left, string right) => $"max({left}, {right})";

    public override string Amount(string expression) => $"({expression} collate decimal)";

    public override string OrderByAmount(string expression, bool descending) =>
        descending
            ? $"cast({expression} as real) desc, {expression} collate decimal desc"
            : $"cast({expression} as real), {expression} collate decimal";

    public override string Average(string total, string count) => $"divide_half_even({total}, {count})";

    public override string MonthOf(string date) => $"substr({date}, 1, 7)";

    public override string TextOf(string date) => date;

    public override string LastDayOf(string date) => $"date({date}, 'start of month', '+1 month', '-1 day')";

    public override string DayOf(string instant) => $"substr({instant}, 1, 10)";

    // SQLite's own lower() and like fold ASCII only.
    public override string Contains(string text, string parameter) => $"contains_text({text}, {parameter})";

    public override string PartOf(string part) => part;

    public override string IsAnyOf(string expression, string parameter) => $"{expression} in (select value from json_each({parameter}))";

    public override object List<T>(IEnumerable<T> values) =>
        JsonSerializer.Serialize(values.Select(value => SqliteText.Of((object)value).ToString()));

    // The write transaction locks the whole database.
    public override string ForUpdate => "";

    public override string Cast(string expression, NpgsqlDbType type) => expression;

    private static async Task<SqliteConnection> OpenSqliteAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            SqliteFunctions.Register(connection);
            Execute(connection, "pragma synchronous = full");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Not from the pool: its settings are the writer's alone.
    private async Task<SqliteWriteConnection> OpenWriterAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenSqliteAsync(
            new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ToString(),
            cancellationToken
        );
        try
        {
            Execute(connection, WriterSettings);
            return new SqliteWriteConnection(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private void EndTurn(bool isSound)
    {
        if (!isSound)
            DropWriteConnection();
        _writer.Release();
    }

    private void DropWriteConnection()
    {
        _write?.Dispose();
        _write = null;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // DbUp opens a connection of its own, so a lock inside the database would lock it out.
    private static FileStream WaitForMigrationLock(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (attempt < 600 && System.IO.File.Exists(path))
            {
                Thread.Sleep(100);
            }
        }
    }

    // https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Interrupted = 9;
    private const int IoError = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    private sealed class Turn(SqliteDatabase database) : IDisposable
    {
        // One that could not be rolled back is of no more use.
        public void Dispose() => database.EndTurn(database._write is { IsInTransaction: false });
    }
}
