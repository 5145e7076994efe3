using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests;

public sealed class VerbTests
{
    [Theory]
    [InlineData(2, "There is no command archiev", "archiev", "--month", "2025-03")]
    [InlineData(2, "Usage", "archive")]
    [InlineData(2, "Usage", "archive", "2025-03")]
    [InlineData(2, "Usage", "archive", "--month", "2025-3")]
    [InlineData(2, "has not ended", "archive", "--month", "9999-12")]
    [InlineData(2, "Usage", "restore")]
    [InlineData(2, "Usage", "verify", "--from", "yesterday")]
    [InlineData(2, "--form", "verify", "--form", "2025-03-01")]
    [InlineData(2, "--form", "rebuild", "--form=2025-03-01")]
    [InlineData(0, "nothing to archive of 2025-03", "archive", "--month", "2025-03")]
    [InlineData(0, "nothing to restore of 2025-03", "restore", "--month=2025-03")]
    [InlineData(0, "Usage", "--help")]
    public async Task A_command_that_is_not_understood_says_how_it_is_used(int exitCode, string words, params string[] arguments)
    {
        using var database = new TestDatabase(Engine.Sqlite);
        using var folder = new TempFolder();
        var run = await ServerProcess.RunAsync(database, [.. arguments, "--Archive:Directory", folder.Path]);
        Assert.True(exitCode == run.ExitCode, run.Output);
        Assert.Contains(words, run.Output, StringComparison.Ordinal);
    }
}
