using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Storage;

/// <summary>The backups of docs/operate.md, taken while a server writes: what a new server finds in the copy is whole and proven.</summary>
public sealed class BackupTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_copy_taken_beside_a_writing_server_starts_a_server_whose_books_are_right(Engine engine)
    {
        using var database = new TestDatabase(engine);
        using var folder = new TempFolder();
        var archive = Path.Combine(folder.Path, "archive");
        await using var server = await ServerProcess.StartAsync(database, settings: ("Archive:Directory", archive));
        await server.Client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 2_000));
        Assert.Equal(2_000, (int)(await server.Client.RunJobAsync("archive", """{"month":"2025-03"}"""))["events"]!);

        using var stop = new CancellationTokenSource();
        var client = new StubbornClient(() => server.Client, 1);
        var running = Task.Run(() => client.RunAsync(stop.Token));
        await Task.Delay(500);
        var before = client.Acknowledged.ToList();
        using var copy = await BackUpAsync(database, folder);
        // The database first, then the archive: a file is older than the rows that were taken out for it.
        CopyFolder(archive, folder.File("archive-copy"));
        await stop.CancelAsync();
        await running;

        await using var restored = await ServerProcess.StartAsync(copy, settings: ("Archive:Directory", folder.File("archive-copy")));
        await copy.ForgetTheDeadAsync();
        var ids = (await restored.Client.GetStringAsync("/api/v1/events?format=csv"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => Guid.Parse(line[..36]))
            .ToHashSet();
        Assert.True(ids.IsSupersetOf(before.Concat(SomeEvents.Ids(2_000))), $"{ids.Count} of at least {before.Count + 2_000}");
        Assert.True(ids.IsSubsetOf(client.Acknowledged.Concat(SomeEvents.Ids(2_000))));
        var verify = await ServerProcess.RunAsync(copy, ["verify", .. restored.Arguments]);
        Assert.True(verify.ExitCode == 0, verify.Output);
        Assert.Equal(2_000, (int)(await restored.Client.RunJobAsync("restore", """{"month":"2025-03"}"""))["events"]!);
    }

    [Fact]
    public async Task A_backup_that_cannot_be_made_says_why_and_leaves_nothing()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        using var folder = new TempFolder();
        var early = await ServerProcess.RunAsync(database, "backup", folder.File("copy.db"));
        Assert.Equal(2, early.ExitCode);
        Assert.Contains("is missing", early.Output, StringComparison.Ordinal);
        await using (var app = new PodcastoCostsApp(database))
            await app.StartAsync();
        await File.WriteAllTextAsync(folder.File("there"), "mine");
        foreach (
            var (arguments, words) in new[]
            {
                (new[] { "backup" }, "Usage"),
                (["backup", "--Database:Provider"], "Usage"),
                (["backup", folder.File("there")], "does not overwrite"),
                (["backup", folder.File("nowhere/copy.db")], "nowhere is missing"),
                (["backup", "/proc/copy.db"], "could not run"),
            }
        )
        {
            var run = await ServerProcess.RunAsync(database, arguments);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(words, run.Output, StringComparison.Ordinal);
        }

        Assert.Equal("mine", await File.ReadAllTextAsync(folder.File("there")));
        Assert.Single(folder.Files("*"));
        using var postgres = new TestDatabase(Engine.Postgres);
        Assert.Contains("pg_dump", (await ServerProcess.RunAsync(postgres, "backup", folder.File("copy.db"))).Output, StringComparison.Ordinal);
    }

    private static async Task<TestDatabase> BackUpAsync(TestDatabase database, TempFolder folder)
    {
        if (database.Engine == Engine.Postgres)
            return new TestDatabase(Engine.Postgres, PostgresServer.Shared.DumpAndRestore(database.ConnectionString));
        var file = folder.File("copy.db");
        var run = await ServerProcess.RunAsync(database, "backup", file);
        Assert.True(run.ExitCode == 0, run.Output);
        return new TestDatabase(file);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
