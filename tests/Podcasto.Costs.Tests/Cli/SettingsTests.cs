using System.Diagnostics;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Cli;

public sealed class SettingsTests(CliServer server) : IClassFixture<CliServer>
{
    [Fact]
    public async Task A_flag_wins_over_the_environment_and_that_over_the_file()
    {
        using var home = new TempFolder();
        Directory.CreateDirectory(home.File(".config"));
        var file = home.File(".config/podcasto-costs.json");
        await File.WriteAllTextAsync(file, $$"""{"server": "{{server.Address}}", "key": "{{PodcastoCostsApp.AdminKey}}"}""");
        (string, string) at = ("HOME", home.Path);
        (await CliProcess.RunAsync([at], null, "daily")).Ended(0);
        (await CliProcess.RunAsync([at, ("PODCASTO_COSTS_KEY", "another")], null, "daily")).Said(4, "comes from PODCASTO_COSTS_KEY");
        (await CliProcess.RunAsync([at, ("PODCASTO_COSTS_KEY", "another")], null, "daily", "--key", PodcastoCostsApp.AdminKey)).Ended(0);
        (await CliProcess.RunAsync([at, ("PODCASTO_COSTS_SERVER", "http://127.0.0.1:1")], null, "daily")).Said(
            5,
            "http://127.0.0.1:1/ cannot be reached"
        );
        (await CliProcess.RunAsync([at, ("PODCASTO_COSTS_SERVER", "http://127.0.0.1:1")], null, "daily", "--server", server.Address)).Ended(0);
        await File.WriteAllTextAsync(file, """{"sever": "http://localhost"}""");
        (await CliProcess.RunAsync([at], null, "daily")).Said(2, "podcasto-costs.json", "sever");
        File.Delete(file);
        (await CliProcess.RunAsync([at], null, "daily")).Said(2, "No API key is given", "PODCASTO_COSTS_KEY");
    }

    [Theory]
    [InlineData("events", "lst", "list")]
    [InlineData("daily", "--form", "There is no option --form here")]
    [InlineData("costs", "--granulrity=day", "--granularity")]
    [InlineData("costs --granularity nonsense", "", "granularity")]
    [InlineData("daily", "2025-13-01", "'2025-13-01' is no day")]
    [InlineData("events list --from", "yesterday", "'yesterday' is no instant")]
    [InlineData("export focus", "", "--month")]
    [InlineData("daily --server", "localhost", "localhost is no server's address")]
    public async Task What_is_not_understood_is_told_beside_the_result(string command, string word, string expected)
    {
        var run = await server.RunAsync([.. command.Split(' '), .. word.Length == 0 ? Array.Empty<string>() : [word]]);
        run.Said(run.ExitCode, expected);
        // What the server refuses fails; what is not even asked is misused.
        Assert.Equal(command.Contains("nonsense", StringComparison.Ordinal) ? 1 : 2, run.ExitCode);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Several_commands_of_a_script_write_to_one_file_one_after_another()
    {
        using var folder = new TempFolder();
        var start = new ProcessStartInfo("bash", ["-c", $"for _ in 1 2 3; do {CliProcess.Executable} daily --json; done > {folder.File("days")}"]);
        foreach (var (name, value) in server.Settings)
            start.Environment[name] = value;
        using var bash = Process.Start(start)!;
        await bash.WaitForExitAsync();
        Assert.Equal(3, (await File.ReadAllLinesAsync(folder.File("days"))).Length);
    }

    [Theory, InlineData("events list --all --json"), InlineData("export events --month 2025-03"), InlineData("events list")]
    public async Task A_reader_that_has_seen_enough_is_no_failure(string command)
    {
        using var folder = new TempFolder();
        // It has gone before the first byte comes.
        var script = $"{CliProcess.Executable} {command} 2> {folder.File("errors")} | true; echo ${{PIPESTATUS[0]}}";
        var start = new ProcessStartInfo("bash", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in server.Settings)
            start.Environment[name] = value;
        using var bash = Process.Start(start)!;
        Assert.Equal("0\n", await bash.StandardOutput.ReadToEndAsync());
        Assert.Empty(await File.ReadAllTextAsync(folder.File("errors")));
    }

    [Fact]
    public async Task Bash_completes_nouns_verbs_and_options()
    {
        var script = $"""
            PATH={Path.GetDirectoryName(CliProcess.Executable)}:$PATH
            source <(podcasto-costs completions bash)
            try() {"{"} COMP_LINE=$1 COMP_POINT=${"{#1}"} COMP_WORDS=($1) COMP_CWORD=$2; _podcasto_costs; echo "${"{COMPREPLY[@]}"}"; {"}"}
            try "podcasto-costs ev" 1
            try "podcasto-costs events li" 2
            try "podcasto-costs costs --gran" 2
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var lines = (await bash.StandardOutput.ReadToEndAsync()).Split('\n');
        Assert.Equal(["events", "list", "--granularity"], lines[..3]);
        (await CliProcess.RunAsync([], null, "completions", "zsh")).Ended(0);
        (await CliProcess.RunAsync([], null, "completions", "fish")).Ended(0);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("1", false)]
    public async Task A_terminal_gets_colours_unless_it_does_not_want_them(string noColor, bool coloured)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder.File("events"),
            string.Join('\n', SomeEvents.Of("2025-03-01T10:00:00Z", 400, firstId: 20_001).Select(node => node.ToJsonString()))
        );
        // One by one, so that it takes longer than the bar needs to show.
        var text = await OnTerminalAsync($"events send {folder.File("events")} --batch 1", ("NO_COLOR", noColor));
        Assert.Contains(" events", text, StringComparison.Ordinal);
        Assert.Contains(" 0 rejected", text, StringComparison.Ordinal);
        Assert.Equal(coloured, text.Contains("\u001b[38;5;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_that_a_terminal_has_no_room_for_is_a_line_a_value()
    {
        var wide = await OnTerminalAsync("events list --limit 1", ("COLS", "200"));
        // What comes next is said behind it, where a long table leaves it in sight.
        Assert.Matches(@"(?s)Time \(UTC\) +Service +Quantity.*There is more: --cursor", wide);
        var narrow = await OnTerminalAsync("events list --limit 1", ("COLS", "70"));
        Assert.Matches(@"(?m)^ *Service +acme\s*$", narrow);
        Assert.Matches(@"(?m)^ *Episode +0198d0c6-0000-4000-8000-[0-9a-f]{12}\s*$", narrow);
    }

    [Theory]
    [InlineData("events list")]
    [InlineData("costs")]
    [InlineData("jobs start")]
    [InlineData("keys create")]
    public async Task Help_fits_a_terminal(string command)
    {
        var help = await OnTerminalAsync($"{command} --help", ("COLS", "100"));
        Assert.All(help.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
        // Names of options stand beside what they are, with room for both.
        Assert.Matches(@"--server <url> +The server's address", help);
    }

    private async Task<string> OnTerminalAsync(string command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("script", ["-qec", $"stty cols ${{COLS:-80}}; {CliProcess.Executable} {command}", "/dev/null"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        foreach (var (name, value) in server.Settings.Concat(environment))
            start.Environment[name] = value;
        using var terminal = Process.Start(start)!;
        return await terminal.StandardOutput.ReadToEndAsync();
    }
}
