using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Podcasto.Costs.Benchmarks.Load;

/// <summary>The server as its users run it: a process of its own, a release build, default settings.</summary>
internal sealed class ServerUnderTest : IDisposable, IAsyncDisposable
{
    public const string Key = "an-admin-key-for-the-load";

    /// <summary>Set for the load generator (see bench/run.sh), and for nobody else: whoever may block must not run on the thread that polls sockets.</summary>
    public const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private readonly Process _process;

    public ServerUnderTest(string provider, string connectionString)
    {
        Port = FreePort();
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Podcasto.Costs.Server.dll"), "--urls", $"http://127.0.0.1:{Port}"]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["Database__Provider"] = provider;
        start.Environment["Database__ConnectionString"] = connectionString;
        start.Environment["Auth__AdminKey"] = Key;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment.Remove(InlineCompletions);
        var started = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
                Console.Error.WriteLine($"  server: {text}");
        };
        _process.BeginOutputReadLine();
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromMinutes(5) };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        while (!IsReady())
            Thread.Sleep(10);
        ReadyAfter = Stopwatch.GetElapsedTime(started);
    }

    public int Port { get; }

    public HttpClient Client { get; }

    /// <summary>From the start of the process to the first answer of /readyz.</summary>
    public TimeSpan ReadyAfter { get; }

    public int ProcessId => _process.Id;

    /// <summary>Transactions committed so far, by the server's own metrics.</summary>
    public double Transactions()
    {
        var text = Client.GetStringAsync("/metrics").GetAwaiter().GetResult();
        var line = text.Split('\n')
            .FirstOrDefault(line =>
                line.StartsWith("podcasto_costs_ingest_transaction_size", StringComparison.Ordinal)
                && line.Contains("_count", StringComparison.Ordinal)
            );
        return line is null ? 0 : double.Parse(line.Split('}')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Ends the server from wherever an await has led: its output ends on the thread that polls sockets, so to wait for it there would be for ever.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        Dispose();
    }

    private bool IsReady()
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/readyz");
            using var response = Client.Send(request);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException exception)
        {
            return _process.HasExited ? throw new InvalidOperationException("The server ended.", exception) : false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
