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

    public TestDatabase(PostgresServer server) => (Engine, ConnectionString) = (Engine.Postgres, server.CreateDatabase());

    public Engine Engine { get; }

    public string ConnectionString { get; }

    public void Dispose()
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }
}
