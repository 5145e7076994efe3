using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Podcasto.Costs.Tests.Support;

/// <summary>A PostgreSQL of the tests' own: a fresh cluster under the temporary folder, stopped by its process id when the tests end.</summary>
internal sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<PostgresServer> Lazy = new(() => new PostgresServer());

    private readonly string _folder = Directory.CreateTempSubdirectory("podcasto-costs-postgres-").FullName;
    private readonly int _port;
    private readonly string _binaries;
    private readonly string _settings;
    private int _databases;

    /// <param name="settings">Nothing here survives a power cut, so by default nothing waits for the disk.</param>
    public PostgresServer(string settings = "-c fsync=off")
    {
        _settings = settings;
        _binaries = Directory
            .GetDirectories("/usr/lib/postgresql")
            .Select(folder => Path.Combine(folder, "bin"))
            .Last(folder => File.Exists(Path.Combine(folder, "initdb")));
        _port = FreePort();
        // For tests that were broken off; see SharedServers.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        // PostgreSQL refuses to run as root.
        Run("chown", "postgres", _folder);
        RunAsPostgres($"{_binaries}/initdb -D {_folder}/data -U postgres --auth=trust --no-sync --locale=C.UTF-8 -E UTF8");
        Start();
    }

    public static PostgresServer Shared => Lazy.Value;

    public static void StopShared()
    {
        if (Lazy.IsValueCreated)
            Shared.Dispose();
    }

    /// <summary>The process that all others of the server are children of.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>The connection string of a new, empty database.</summary>
    public string CreateDatabase(string tablespace = "pg_default")
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand($"create database {name} tablespace {tablespace}", connection);
        command.ExecuteNonQuery();
        return ConnectionString(name);
    }

    /// <summary>The name of a new tablespace in a folder that does not exist yet.</summary>
    public string CreateTablespace(string folder)
    {
        RunAsPostgres($"mkdir {folder}");
        var name = $"space_{Interlocked.Increment(ref _databases)}";
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand($"create tablespace {name} location '{folder}'", connection);
        command.ExecuteNonQuery();
        return name;
    }

    /// <summary>Copies a database as docs/operate.md says: pg_dump beside whoever writes, then pg_restore into a new one.</summary>
    public string DumpAndRestore(string connectionString)
    {
        var (from, to) = (new NpgsqlConnectionStringBuilder(connectionString), new NpgsqlConnectionStringBuilder(CreateDatabase()));
        var server = $"-h 127.0.0.1 -p {_port} -U postgres";
        var file = Path.Combine(_folder, $"{to.Database}.dump");
        RunAsPostgres($"{_binaries}/pg_dump {server} --format=custom --file={file} {from.Database}");
        RunAsPostgres($"{_binaries}/pg_restore {server} --exit-on-error --dbname={to.Database} {file}");
        return to.ToString();
    }

    public void Start() =>
        RunAsPostgres(
            $"{_binaries}/pg_ctl -D {_folder}/data -w -t 60 -l {_folder}/log -o \"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c max_connections=200 {_settings}\" start"
        );

    /// <summary>Stops without waiting for anybody, as a crash would.</summary>
    public void Crash() => RunAsPostgres($"{_binaries}/pg_ctl -D {_folder}/data -m immediate -w stop");

    public void Dispose()
    {
        var pidFile = Path.Combine(_folder, "data", "postmaster.pid");
        if (File.Exists(pidFile))
            Crash();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Maximum Pool Size=20";

    private static void RunAsPostgres(string command) => Run("su", "postgres", "-s", "/bin/sh", "-c", command);

    private static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/tmp",
        };
        using var process = Process.Start(start)!;
        // pg_ctl leaves its output open to the server that it starts: only the end of the process is waited for.
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {process.StandardError.ReadToEnd()}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
