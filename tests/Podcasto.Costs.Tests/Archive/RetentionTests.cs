using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Archive;

public sealed class RetentionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Months_past_the_retention_leave_and_late_events_gather_before_they_follow(Engine engine)
    {
        using var folder = new TempFolder();
        var clock = new FakeTimeProvider(Noon);
        await using var app = new PodcastoCostsApp(engine, ("Archive:Directory", folder.Path), ("Archive:RetentionMonths", "2")) { Clock = clock };
        var client = await app.StartAsync();
        await client.SendEventsAsync(
            SomeEvents.Of("2025-11-15T08:00:00Z", 3),
            SomeEvents.Of("2025-12-31T23:59:59.999999Z", 4, firstId: 4),
            SomeEvents.Of("2026-01-01T00:00:00Z", 5, firstId: 8),
            SomeEvents.Of("2026-03-10T08:00:00Z", 5, firstId: 13)
        );
        clock.Advance(TimeSpan.FromHours(12.5));
        await EndedAsync(client, "2025-11", "2025-12");
        Assert.Equal(10, await CountAsync(app));

        // Late events, day after day: the second file after thirty days, the third sixty days later.
        var late = 100;
        foreach (var (days, files) in new[] { (10, 1), (19, 1), (2, 2), (58, 2), (3, 3) })
        {
            await client.SendEventsAsync(SomeEvents.Of("2025-11-20T08:00:00Z", 3, firstId: late += 3));
            clock.Advance(TimeSpan.FromDays(days));
            await ScheduledAsync(app, client);
            await FinishedAsync(client);
            Assert.Equal(files, folder.Files("*.parquet").Count(file => file.Contains("month=11", StringComparison.Ordinal)));
        }

        // January has come of age meanwhile.
        Assert.Single((await client.GetJsonAsync("/api/v1/jobs?kind=archive&period=2026-01"))["items"]!.AsArray());
        Assert.Empty(await app.VerifyAsync());
        Assert.Equal(18, (int)(await client.GetJsonAsync("/api/v1/costs?granularity=month&to=2025-11-30"))["items"]![0]!["event_count"]!);
    }

    [Fact]
    public async Task Without_a_retention_everything_stays()
    {
        using var folder = new TempFolder();
        var clock = new FakeTimeProvider(Noon);
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Archive:Directory", folder.Path)) { Clock = clock };
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2000-01-15T08:00:00Z", 3));
        clock.Advance(TimeSpan.FromDays(1));
        await ScheduledAsync(app, client);
        Assert.Empty((await client.GetJsonAsync("/api/v1/jobs?kind=archive"))["items"]!.AsArray());
        Assert.Equal(3, await CountAsync(app));
    }

    [Theory]
    [InlineData("Archive:RetentionMonths", "0")]
    [InlineData("Archive:RetentionMonths", "many")]
    [InlineData("Archive:Endpoint", "somewhere")]
    [InlineData("Archive:AccessKey", "alone")]
    public async Task A_setting_that_makes_no_sense_is_named(string name, string value)
    {
        using var database = new TestDatabase(Engine.Sqlite);
        var run = await ServerProcess.RunAsync(database, "archive", "--month", "2025-03", $"--{name}", value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(name.Split(':')[1], run.Output, StringComparison.Ordinal);
    }

    // The queue is filled before it is worked off: once its second job is done, whatever was due at the bell has been put into it.
    private static async Task ScheduledAsync(PodcastoCostsApp app, HttpClient client)
    {
        app.Services.GetRequiredService<JobBell>().Ring();
        for (var turn = 0; turn < 2; turn++)
        {
            await Task.Delay(50);
            Assert.Equal("succeeded", (string?)(await client.RunJobAsync("aggregate-daily", """{"date":"2025-11-20"}"""))["state"]);
        }
    }

    private static async Task FinishedAsync(HttpClient client)
    {
        foreach (var job in (await client.GetJsonAsync("/api/v1/jobs?kind=archive"))["items"]!.AsArray())
            Assert.Equal("succeeded", (string?)(await client.JobEndedAsync(job!))["state"]);
    }

    private static async Task EndedAsync(HttpClient client, params string[] periods)
    {
        for (var attempt = 0; ; attempt++)
        {
            var jobs = (await client.GetJsonAsync("/api/v1/jobs?kind=archive"))["items"]!.AsArray().Select(job => job!).Reverse().ToList();
            if (jobs.Count == periods.Length && jobs.All(job => (string?)job["state"] == "succeeded"))
            {
                Assert.Equal(periods, jobs.Select(job => (string?)job["period"]));
                return;
            }

            Assert.True(attempt < 200, new JsonArray([.. jobs.Select(job => job.DeepClone())]).ToJsonString());
            await Task.Delay(100);
        }
    }

    private static Task<long> CountAsync(PodcastoCostsApp app) => app.ReadAsync<long>("select count(*) from cost_tracking_events");
}
