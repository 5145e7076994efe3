using System.Data;
using System.Data.Common;
using DbUp;
using Npgsql;
using NpgsqlTypes;

namespace Podcasto.Costs.Server.Storage;

internal sealed class PostgresDatabase(string connectionString) : Database, IAsyncDisposable
{
    // "podcasto" in a telephone keypad's digits; the two locks are of this database only.
    private const long LedgerLock = 76_322_786;
    private const long MigrationLock = 76_322_787;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);
    private readonly NpgsqlDataSource _writing = NpgsqlDataSource.Create(ForWriting(connectionString));

    /// <summary>Whether tables may lie on several machines (Citus), where a duplicate key breaks the connection.</summary>
    public bool IsDistributed { get; private set; }

    public override string Name => "PostgreSQL";

    public override string Place
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return $"database {parts.Database} on {parts.Host}";
        }
    }

    public override int UsefulWriters => 2;

    public override void Migrate()
    {
        // A connection of its own, because DbUp opens its own too; a session lock, because each script is a transaction.
        using var connection = _source.OpenConnection();
        using var command = new NpgsqlCommand("select pg_advisory_lock($1)", connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter { Value = MigrationLock });
        command.ExecuteNonQuery();
        try
        {
            IsDistributed = HasCitus(connection);
            var types = new Dictionary<string, string>
            {
                ["uuid"] = "uuid",
                ["decimal"] = "numeric",
                ["integer"] = "bigint",
                ["instant"] = "timestamptz",
                ["date"] = "date",
                // Bytewise, as SQLite compares, whatever the database's own collation is.
                ["text"] = "text collate \"C\"",
                // Not jsonb: the text is checked on arrival and never searched, and jsonb refuses some numbers of valid JSON.
                ["json"] = "json",
                ["strict"] = "",
                // With the id, so that many episodes of one cost need no sorting.
                ["by_total_cost"] = "total_cost_usd desc, episode_id",
            };
            Migrations.Run(DeployChanges.To.PostgresqlDatabase(connectionString), "postgres", types);
        }
        finally
        {
            command.CommandText = "select pg_advisory_unlock($1)";
            command.ExecuteNonQuery();
        }
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken);

    public override async Task<LedgerTransaction> BeginAsync(LedgerAccess access, CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = LockStatement(access);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new LedgerTransaction(connection, transaction, null);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a transaction of the ingest path; the caller takes the lock with its first statements.</summary>
    public async Task<LedgerTransaction> BeginWritingAsync(CancellationToken cancellationToken)
    {
        var connection = await _writing.OpenConnectionAsync(cancellationToken);
        try
        {
            return new LedgerTransaction(connection, await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken), null);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the ledger; the lock goes with the transaction. Statements after it see what its last holder committed.</summary>
    public static string LockStatement(LedgerAccess access) =>
        access == LedgerAccess.Shared ? $"select pg_advisory_xact_lock_shared({LedgerLock})" : $"select pg_advisory_xact_lock({LedgerLock})";

    protected override async ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, bool sumsUp, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (!sumsUp)
            return transaction;
        // Enough for the groups of a day to be hashed instead of sorted on disk; two of them run side by side.
        await using var command = connection.CreateCommand();
        command.CommandText = "set local work_mem = '64MB'";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    public override bool IsTransient(Exception exception) =>
        exception switch
        {
            PostgresException { SqlState: "40P01" or "40001" or "58030" or "XX000" } => true,
            PostgresException { SqlState: var state }
                when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P0", StringComparison.Ordinal) => true,
            PostgresException => false,
            // Sockets that break, pools that hold a dead connection.
            NpgsqlException => true,
            ObjectDisposedException or InvalidOperationException { Source: "Npgsql" } => true,
            _ => false,
        };

    public override bool IsUnavailable(Exception exception) =>
        IsTransient(exception)
        || exception is PostgresException { SqlState: var state }
            && (
                state.StartsWith("53", StringComparison.Ordinal) // out of disk, memory, connections
                || state.StartsWith("57", StringComparison.Ordinal) // cancelled, shutting down
                || state.StartsWith("28", StringComparison.Ordinal) // credentials
                || state is "3D000" or "25006" or "58P01" // no such database, read-only, a file gone
            );

    public override bool IsDuplicateKey(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or "XX000" };

    public override bool IsOverlap(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation };

    public override string VersionQuery => "select current_setting('server_version')";

    public override string SizeQuery => "select pg_database_size(current_database())";

    public override string Add(string left, string right) => $"{left} + {right}";

    public override string Negative(string expression) => $"-{expression}";

    public override string IsGreater(string left, string right) => $"{left} > {right}";

    public override string Later(string left, string right) => $"greatest({left}, {right})";

    public override string Amount(string expression) => expression;

    public override string OrderByAmount(string expression, bool descending) => descending ? $"{expression} desc" : expression;

    public override string Average(string total, string count) => $"divide_half_even({total}, {count})";

    public override string MonthOf(string date) => $"to_char({date}, 'YYYY-MM')";

    public override string TextOf(string date) => $"to_char({date}, 'YYYY-MM-DD')";

    public override string LastDayOf(string date) => $"(date_trunc('month', {date}::timestamp) + interval '1 month' - interval '1 day')::date";

    public override string DayOf(string instant) => $"({instant} at time zone 'UTC')::date";

    // Columns of text compare by bytes; letters fold by the rules of the database.
    public override string Contains(string text, string parameter) => $"{text} collate \"default\" ilike {parameter} escape '!'";

    public override string PartOf(string part) =>
        $"%{part.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";

    public override string IsAnyOf(string expression, string parameter) => $"{expression} = any({parameter})";

    public override object List<T>(IEnumerable<T> values) => values.ToArray();

    public override string ForUpdate => " for update";

    public override string Cast(string expression, NpgsqlDbType type) => $"cast({expression} as {Upserts.SqlType.Name(type)})";

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _writing.DisposeAsync();
    }

    // The ingest path runs a handful of statements over and over: each is prepared once, and planned once, because no plan of
    // theirs depends on a value. Nothing of a session needs a reset between two batches.
    private static string ForWriting(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            MaxPoolSize = 16,
        };
        builder.Options = $"{builder.Options} -c plan_cache_mode=force_generic_plan".Trim();
        return builder.ToString();
    }

    private static bool HasCitus(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("select exists (select from pg_extension where extname = 'citus')", connection);
        return (bool)command.ExecuteScalar()!;
    }
}
