using System.Diagnostics;
using System.IO.Compression;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Client;

/// <summary>The packages as others get them.</summary>
public sealed class PackageTests
{
    [Theory]
    [InlineData("Podcasto.Costs.Client")]
    [InlineData("Podcasto.Costs.Client.AI")]
    [InlineData("Podcasto.Costs.Client.Aws")]
    public async Task A_package_holds_its_assembly_its_documentation_and_its_readme(string name)
    {
        using var folder = new TempFolder();
        var project = Path.Combine(Repository.Root, "src", name);
        // What the suite was built from is what is packed.
        await RunAsync("dotnet", "pack", project, "--configuration", "Release", "--no-build", "--output", folder.Path, "--nologo");
        await using var package = await ZipFile.OpenReadAsync(Assert.Single(folder.Files("*.nupkg")));
        var entries = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains($"lib/net10.0/{name}.dll", entries);
        Assert.Contains($"lib/net10.0/{name}.xml", entries);
        Assert.Contains("README.md", entries);
        using var specification = new StreamReader(await package.GetEntry($"{name}.nuspec")!.OpenAsync());
        var text = await specification.ReadToEndAsync();
        Assert.Contains("<readme>README.md</readme>", text, StringComparison.Ordinal);
        Assert.Contains("<license type=\"expression\">MIT</license>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PublicApiAnalyzers", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packing_everything_makes_the_clients_packages_and_the_command_line_as_a_tool()
    {
        using var folder = new TempFolder();
        var solution = Path.Combine(Repository.Root, "Podcasto.Costs.slnx");
        var output = await RunAsync("dotnet", "pack", solution, "--configuration", "Release", "--no-build", "--output", folder.Path, "--nologo");
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        string[] names = ["Podcasto.Costs.Cli", "Podcasto.Costs.Client", "Podcasto.Costs.Client.AI", "Podcasto.Costs.Client.Aws"];
        Assert.Equal(names.Select(name => $"{name}.0.1.0.nupkg"), folder.Files("*.nupkg").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await using var tool = await ZipFile.OpenReadAsync(folder.File("Podcasto.Costs.Cli.0.1.0.nupkg"));
        using var settings = new StreamReader(await tool.GetEntry("tools/net10.0/any/DotnetToolSettings.xml")!.OpenAsync());
        Assert.Contains("Command Name=\"podcasto-costs\"", await settings.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.NotNull(tool.GetEntry("README.md"));
    }

    [Fact]
    public async Task A_program_compiled_ahead_of_time_tracks_and_reads()
    {
        using var folder = new TempFolder();
        using var database = new TestDatabase(Engine.Sqlite);
        await using var server = await ServerProcess.StartAsync(database);
        var project = Path.Combine(Repository.Root, "tests", "Podcasto.Costs.AotProgram");
        // In a folder of its own: the build's is in use.
        var artifacts = $"-p:ArtifactsPath={folder.File("artifacts")}";
        await RunAsync(
            "dotnet",
            "publish",
            project,
            "--configuration",
            "Release",
            "--output",
            folder.File("out"),
            artifacts,
            "-p:CSharpier_Bypass=true",
            "--nologo"
        );
        var output = await RunAsync(
            Path.Combine(folder.File("out"), "Podcasto.Costs.AotProgram"),
            server.Client.BaseAddress!.ToString(),
            PodcastoCostsApp.AdminKey,
            folder.File("spool")
        );
        Assert.Equal("sent 1000, dropped 0, stored 1000, total 0.25", output.Trim());
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await error);
        return output;
    }
}
