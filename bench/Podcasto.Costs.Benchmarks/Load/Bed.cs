using Npgsql;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Storage;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>What the measurements run on: a durable PostgreSQL with the server on one database and the limit on another, and the server on SQLite.</summary>
internal sealed class Bed : IDisposable
{
    private const string Ledger =
        "cost_tracking_events, episode_costs, episode_days, day_cells, podcast_day_cells, podcast_months, daily_cost_summary, month_totals";

    private readonly string _folder = Directory.CreateTempSubdirectory("podcasto-costs-load-").FullName;
    private readonly PostgresServer _postgres = new(
        "-c fsync=on -c synchronous_commit=on -c shared_buffers=512MB -c max_wal_size=8GB -c checkpoint_timeout=30min"
    );

    public Bed()
    {
        TypeHandlers.Register();
        ServiceDatabase = _postgres.CreateDatabase();
        LimitDatabase = _postgres.CreateDatabase();
        using (var limit = new DisposableDatabase(LimitDatabase))
            limit.Database.Migrate();
        SqliteLimitFile = $"Data Source={Path.Combine(_folder, "limit.db")}";
        SqliteServiceFile = $"Data Source={Path.Combine(_folder, "service.db")}";
        Postgres = new ServerUnderTest("Postgres", ServiceDatabase);
        Prices = History.ReadPrices(ServiceDatabase);
    }

    public string ServiceDatabase { get; }

    public string LimitDatabase { get; }

    public string SqliteLimitFile { get; }

    public string SqliteServiceFile { get; }

    public ServerUnderTest Postgres { get; private set; }

    public PriceBook Prices { get; }

    public int PostgresProcess => _postgres.ProcessId;

    /// <summary>Empties the ledger, as if nothing had ever happened.</summary>
    public void Empty()
    {
        foreach (var connectionString in new[] { ServiceDatabase, LimitDatabase })
            Execute(connectionString, $"truncate {Ledger}");
        Execute(ServiceDatabase, "checkpoint");
    }

    public static void Execute(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }

    /// <summary>The server's start on the database as it is now.</summary>
    public TimeSpan Restart()
    {
        Postgres.Dispose();
        Postgres = new ServerUnderTest("Postgres", ServiceDatabase);
        return Postgres.ReadyAfter;
    }

    /// <summary>Deletes the SQLite files.</summary>
    public void EmptySqlite()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(_folder))
            File.Delete(file);
        using var limit = new SqliteDatabase(SqliteLimitFile);
        limit.Migrate();
    }

    public void Dispose()
    {
        Postgres.Dispose();
        _postgres.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class DisposableDatabase(string connectionString) : IDisposable
    {
        public PostgresDatabase Database { get; } = new(connectionString);

        public void Dispose() => Database.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
