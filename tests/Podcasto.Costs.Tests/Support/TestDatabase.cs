using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Podcasto.Costs.Tests.Support;

/// <summary>A database of one test's own: a real SQLite file, or a real database on the tests' PostgreSQL.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly string? _folder;

    public TestDatabase(Engine engine)
    {
        Engine = engine;
        if (engine == Engine.Postgres)
        {
            ConnectionString = PostgresServer.Shared.CreateDatabase();
            return;
        }

        _folder = Directory.CreateTempSubdirectory("podcasto-costs-sqlite-").FullName;
        ConnectionString = $"Data Source={Path.Combine(_folder, "costs.db")}";
    }

    /// <summary>A SQLite file at a place of the caller's, who deletes it.</summary>
    public TestDatabase(string file) => (Engine, ConnectionString) = (Engine.Sqlite, $"Data Source={file}");

    /// <summary>A database of the server's whose tables lie in a folder that does not exist yet.</summary>
    public TestDatabase(PostgresServer server, string folder) =>
        (Engine, ConnectionString) = (Engine.Postgres, server.CreateDatabase(server.CreateTablespace(folder)));

    /// <summary>One that exists.</summary>
    public TestDatabase(Engine engine, string connectionString) => (Engine, ConnectionString) = (engine, connectionString);

    public TestDatabase(PostgresServer server) => (Engine, ConnectionString) = (Engine.Postgres, server.CreateDatabase());

    public Engine Engine { get; }

    public string ConnectionString { get; }

    /// <summary>Meddles with it beside whatever server uses it.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using DbConnection connection =
            Engine == Engine.Postgres ? new NpgsqlConnection(ConnectionString) : new SqliteConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Lets the half minute pass after which a killed server's work is taken over.</summary>
    public Task ForgetTheDeadAsync() =>
        ExecuteAsync("update leases set expires_at = '2025-01-01T00:00:00Z'; update jobs set beat_at = '2025-01-01T00:00:00Z'");

    public void Dispose()
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }
}
