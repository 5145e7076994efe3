using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Podcasto.Costs.Tests.Support;

/// <summary>The real server as a process of its own, stopped by its process id.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ServerProcess(Process process, HttpClient client, IReadOnlyList<string> arguments) =>
        (_process, Client, Arguments) = (process, client, arguments);

    public HttpClient Client { get; }

    /// <summary>Its settings, as arguments for a command beside it.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "Podcasto.Costs.Server.dll");

    /// <summary>What it has printed so far.</summary>
    public string Output => string.Join('\n', _lines);

    public static Task<ServerProcess> StartAsync(TestDatabase database, bool waitUntilReady = true, params (string Name, string Value)[] settings) =>
        StartWithAsync(database, [], waitUntilReady, settings);

    /// <summary>Starts it with arguments of its own.</summary>
    public static async Task<ServerProcess> StartWithAsync(
        TestDatabase database,
        IReadOnlyList<string> arguments,
        bool waitUntilReady = true,
        params (string Name, string Value)[] settings
    )
    {
        var start = Command(["--urls", $"http://127.0.0.1:{FreePort()}", .. arguments]);
        Configure(start, database);
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        var server = Start(start, [.. settings.SelectMany(setting => new[] { $"--{setting.Name}", setting.Value })]);
        if (waitUntilReady)
            await server.WaitForAsync("/readyz");
        return server;
    }

    /// <summary>Starts it at an address of the caller's, to which it can come back.</summary>
    public static async Task<ServerProcess> StartAtAsync(TestDatabase database, string url)
    {
        var start = Command(["--urls", url]);
        Configure(start, database);
        var server = Start(start, []);
        await server.WaitForAsync("/readyz");
        return server;
    }

    /// <summary>Starts it as a newcomer does: no setting but the arguments.</summary>
    public static async Task<ServerProcess> StartFreshAsync(string folder, params string[] arguments)
    {
        var start = Command(["--urls", $"http://127.0.0.1:{FreePort()}", .. arguments]);
        start.WorkingDirectory = folder;
        var server = Start(start, arguments);
        await server.WaitForAsync("/readyz");
        return server;
    }

    /// <summary>Runs a verb of the executable to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(TestDatabase database, params string[] arguments)
    {
        var start = Command(arguments);
        Configure(start, database);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    public async Task WaitForAsync(string path)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                using var response = await Client.GetAsync(path);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{path} did not answer within a minute.");
    }

    /// <summary>The most resident memory that it has had so far.</summary>
    public int PeakMegabytes()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Ends it at once, in the middle of whatever it does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks it to stop, as a service manager does, and waits for its end.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo Command(params string[] arguments) =>
        new("dotnet", [Assembly, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };

    private static ServerProcess Start(ProcessStartInfo start, IReadOnlyList<string> settings)
    {
        var url = start.ArgumentList[start.ArgumentList.IndexOf("--urls") + 1];
        var process = Process.Start(start)!;
        var client = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", PodcastoCostsApp.AdminKey);
        var server = new ServerProcess(process, client, settings);
        process.OutputDataReceived += (_, line) => server._lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => server._lines.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    private static void Configure(ProcessStartInfo start, TestDatabase database)
    {
        start.Environment["Database__Provider"] = database.Engine.ToString();
        start.Environment["Database__ConnectionString"] = database.ConnectionString;
        start.Environment["Auth__AdminKey"] = PodcastoCostsApp.AdminKey;
        start.Environment["Pricing__Seed"] = "false";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
