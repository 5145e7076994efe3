using System.Diagnostics;
using System.Globalization;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Cli;

/// <summary>The real <c>podcasto-costs</c> as a process, with a home of its own.</summary>
internal sealed class CliProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private CliProcess(Process process) =>
        (_process, _output, _error) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    public StreamWriter Input => _process.StandardInput;

    public static string Executable { get; } = Find();

    /// <summary>Starts it; settings are variables of its environment, where nothing else of the tests' own is.</summary>
    public static CliProcess Start(IEnumerable<(string Name, string Value)> settings, string? input, params string[] arguments)
    {
        var cli = Open(settings, arguments);
        cli.Input.Write(input);
        cli.Input.Close();
        return cli;
    }

    /// <summary>Starts it, and leaves its standard input open.</summary>
    public static CliProcess Open(IEnumerable<(string Name, string Value)> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in new[] { "PODCASTO_COSTS_SERVER", "PODCASTO_COSTS_KEY", "XDG_CONFIG_HOME" })
            start.Environment.Remove(name);
        start.Environment["HOME"] = Path.Combine(Path.GetTempPath(), "no-home-of-podcasto-costs");
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new CliProcess(Process.Start(start)!);
    }

    public static async Task<CliRun> RunAsync(IEnumerable<(string Name, string Value)> settings, string? input, params string[] arguments)
    {
        using var cli = Start(settings, input, arguments);
        return await cli.EndAsync();
    }

    public async Task<CliRun> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        }
        catch (TimeoutException)
        {
            _process.Kill();
            throw;
        }

        return new CliRun(_process.ExitCode, await _output, await _error);
    }

    public void Kill() => _process.Kill();

    /// <summary>As Ctrl+C does, by the other signal that ends it alike: who runs in the background hands down that an interrupt is ignored.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static string Find()
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(Repository.Root, "artifacts", "bin", "Podcasto.Costs.Cli", configuration, "podcasto-costs");
    }
}

/// <summary>How it ended, and what it said.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";

    public CliRun Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, ToString());
        return this;
    }

    /// <summary>Ended well, or as told, with words on standard error.</summary>
    public CliRun Said(int exitCode, params string[] words)
    {
        Ended(exitCode);
        foreach (var word in words)
            Assert.True(Error.Contains(word, StringComparison.Ordinal), $"'{word}' is missing.\n{this}");
        return this;
    }
}
