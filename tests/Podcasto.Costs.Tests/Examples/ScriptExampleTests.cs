using System.Diagnostics;
using Podcasto.Costs.Tests.Cli;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Examples;

/// <summary>The examples of docs/integrate.md, as they are, against the real server.</summary>
public sealed class ScriptExampleTests(CliServer server) : IClassFixture<CliServer>
{
    [Theory]
    [InlineData("python3", "python/costs.py", 1_502, "1502 new", "0 new when all is sent once more", "0.150005 US dollars")]
    [InlineData("node", "node/costs.mjs", 1_502, "1502 new", "0 new when all is sent once more", "0.150005 US dollars")]
    [InlineData("bash", "shell/costs.sh", 3, "\"accepted\":3,\"duplicates\":0", "\"accepted\":0,\"duplicates\":3", "\"total_cost_usd\":\"0.150005\"")]
    public async Task It_sends_repeats_harmlessly_and_reads(string interpreter, string script, int events, params string[] lines)
    {
        var episode = Guid.NewGuid();
        var start = new ProcessStartInfo(interpreter, [Path.Combine(Repository.Root, "examples", script)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in server.Settings)
            start.Environment[name] = value;
        start.Environment["EPISODE"] = episode.ToString();
        using var example = Process.Start(start)!;
        var error = example.StandardError.ReadToEndAsync();
        var output = (await example.StandardOutput.ReadToEndAsync()).TrimEnd('\n').Split('\n');
        await example.WaitForExitAsync();
        Assert.True(example.ExitCode == 0, await error);
        Assert.Equal(3, output.Length);
        for (var line = 0; line < lines.Length; line++)
            Assert.Contains(lines[line], output[line], StringComparison.Ordinal);
        Assert.Equal(events, (int)(await server.Http.GetJsonAsync($"/api/v1/episodes/{episode}/costs"))["event_count"]!);
    }

    [Theory]
    [InlineData("python3", "python/costs.py")]
    [InlineData("node", "node/costs.mjs")]
    [InlineData("bash", "shell/costs.sh")]
    public async Task It_fails_with_the_reason_where_the_key_is_wrong(string interpreter, string script)
    {
        var start = new ProcessStartInfo(interpreter, [Path.Combine(Repository.Root, "examples", script)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["PODCASTO_COSTS_SERVER"], start.Environment["PODCASTO_COSTS_KEY"]) = (server.Address, "not-a-key-of-this-server");
        using var example = Process.Start(start)!;
        var error = example.StandardError.ReadToEndAsync();
        var told = await example.StandardOutput.ReadToEndAsync() + await error;
        await example.WaitForExitAsync();
        Assert.NotEqual(0, example.ExitCode);
        Assert.Contains("unauthenticated", told, StringComparison.Ordinal);
    }
}
