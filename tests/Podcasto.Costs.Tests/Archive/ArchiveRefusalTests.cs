using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Archive;

public sealed class ArchiveRefusalTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("archive", """{"month":"2026-03"}""", 400, "must have ended")]
    [InlineData("archive", """{"month":"2026-04"}""", 400, "must have ended")]
    [InlineData("archive", """{"month":"9999-12"}""", 400, "must have ended")]
    [InlineData("archive", """{"month":"2026-13"}""", 400, "yyyy-MM")]
    [InlineData("archive", """{"month":"2026-02-01"}""", 400, "yyyy-MM")]
    [InlineData("archive", """{"month":202602}""", 400, "/month")]
    [InlineData("archive", """{"month":""}""", 400, "/month")]
    [InlineData("archive", "{}", 400, "/month")]
    [InlineData("archive", "", 400, "/month")]
    [InlineData("archive", """{"month":"2026-02","day":1}""", 400, "/day")]
    [InlineData("archive", """{"month":"2025-07"}""", 404, "2025-07 has no events")]
    [InlineData("archive", """{"month":"0001-01"}""", 404, "0001-01 has no events")]
    [InlineData("restore", """{"month":"2026-02"}""", 404, "2026-02 has no archived events")]
    [InlineData("restore", """{"month":"9999-12"}""", 404, "has no archived events")]
    [InlineData("restore", """{"month":"soon"}""", 400, "yyyy-MM")]
    public async Task A_month_that_cannot_be_moved_is_refused_in_words(string kind, string body, int expected, string words)
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Archive:Directory", folder.Path)) { Clock = new FakeTimeProvider(Now) };
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2026-02-01T10:00:00Z", 3), SomeEvents.Of("2026-03-01T10:00:00Z", 3, firstId: 4));
        var (status, problem) = await client.PostAsync($"/api/v1/jobs/{kind}", body);
        Assert.True(status == expected, $"{status} {problem?.ToJsonString()}");
        Assert.Contains(words, problem!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty((await client.GetJsonAsync("/api/v1/jobs"))["items"]!.AsArray());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task One_month_at_a_time_is_moved_whoever_asks(Engine engine)
    {
        using var folder = new TempFolder();
        using var database = new TestDatabase(engine);
        await using var one = new PodcastoCostsApp(database, ("Archive:Directory", folder.Path));
        await using var other = new PodcastoCostsApp(database, ("Archive:Directory", folder.Path));
        var client = await one.StartAsync();
        var second = await other.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 9_000));

        // Asked twice at once by the interface of two servers, and by a command; a restore comes behind them.
        const string Month = """{"month":"2025-03"}""";
        var command = ServerProcess.RunAsync(database, "archive", "--month", "2025-03", "--Archive:Directory", folder.Path);
        var (status, job) = await client.PostAsync("/api/v1/jobs/archive", Month);
        Assert.True(status is 202 or 409, job!.ToJsonString());
        var (again, conflict) = await second.PostAsync("/api/v1/jobs/archive", Month);
        Assert.True(again is 202 or 409, conflict!.ToJsonString());
        if (again == 409)
            Assert.Contains("already", (string)conflict["detail"]!, StringComparison.Ordinal);
        if (status == 202)
            Assert.Equal("succeeded", (string?)(await client.JobEndedAsync(job))["state"]);
        var run = await command;
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(0, await one.ReadAsync<long>("select count(*) from cost_tracking_events"));
        Assert.Single(folder.Files("*.parquet"));

        var restoring = second.RunJobAsync("restore", Month);
        var archiving = ServerProcess.RunAsync(database, "archive", "--month", "2025-03", "--Archive:Directory", folder.Path);
        Assert.Equal("succeeded", (string?)(await restoring)["state"]);
        Assert.Equal(0, (await archiving).ExitCode);
        Assert.Empty(await one.VerifyAsync());
        Assert.Equal(9_000, (int)(await client.GetJsonAsync("/api/v1/costs?granularity=total"))["items"]![0]!["event_count"]!);
        var listed = (await client.GetStringAsync("/api/v1/events?format=csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(9_001, listed.Distinct().Count());
    }

    [Fact]
    public async Task A_read_beside_a_restore_is_whole()
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Archive:Directory", folder.Path));
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 6_000));
        const string Path = "/api/v1/costs?group_by=episode_id,service&granularity=total&limit=1000";
        var before = await client.GetStringAsync(Path);
        foreach (var kind in new[] { "archive", "restore" })
        {
            var (_, job) = await client.PostAsync($"/api/v1/jobs/{kind}", """{"month":"2025-03"}""");
            var ended = client.JobEndedAsync(job!);
            while (!ended.IsCompleted)
                Assert.Equal(before, await client.GetStringAsync(Path));
            Assert.Equal("succeeded", (string?)(await ended)["state"]);
        }
    }
}
