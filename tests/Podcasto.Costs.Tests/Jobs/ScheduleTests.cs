using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Jobs;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly (string, string) On = ("Schedule:Enabled", "true");

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_ended_while_no_server_ran_is_closed_once_and_opened_again_by_late_events(Engine engine)
    {
        using var database = new TestDatabase(engine);
        var clock = new FakeTimeProvider(Noon);
        await using (var before = new PodcastoCostsApp(database) { Clock = clock })
        {
            await (await before.StartAsync()).SendEventsAsync(
                SomeEvents.Of("2026-02-15T08:00:00Z", 3),
                SomeEvents.Of("2026-03-01T08:00:00Z", 4, firstId: 4),
                SomeEvents.Of("2026-03-10T08:00:00Z", 5, firstId: 8)
            );
        }

        // Stamped with its arrival: what came on the 10th is proven at the next tick, the two that ended before are not due until then.
        clock.Advance(TimeSpan.FromHours(12.5));
        await using var one = new PodcastoCostsApp(database, On) { Clock = clock };
        await using var other = new PodcastoCostsApp(database, On) { Clock = clock };
        var client = await one.StartAsync();
        await other.StartAsync();
        string[] closed = ["aggregate-daily 2026-02-15", "aggregate-daily 2026-03-01", "aggregate-daily 2026-03-10", "aggregate-monthly 2026-02"];
        Assert.Equal(closed, await SucceededAsync(client, closed.Length));

        // A late event is due with the next tick, not before.
        await client.SendEventsAsync(SomeEvents.Of("2026-03-01T09:00:00Z", 1, firstId: 100));
        clock.Advance(TimeSpan.FromHours(23));
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal(closed, await SucceededAsync(client, closed.Length));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(
            closed.Append("aggregate-daily 2026-03-01").Append("aggregate-daily 2026-03-11"),
            await SucceededAsync(client, closed.Length + 2)
        );

        // Nobody was there for three days, and nothing happened: each is proven to be empty.
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(
            ["aggregate-daily 2026-03-12", "aggregate-daily 2026-03-13", "aggregate-daily 2026-03-14"],
            (await SucceededAsync(client, closed.Length + 5)).TakeLast(3)
        );
    }

    /// <summary>Kind and period of the jobs, oldest first, when there are so many and all have succeeded.</summary>
    private static async Task<IEnumerable<string>> SucceededAsync(HttpClient client, int count)
    {
        for (var attempt = 0; ; attempt++)
        {
            var jobs = (await client.GetJsonAsync("/api/v1/jobs?limit=100"))["items"]!.AsArray().Select(job => job!).Reverse().ToList();
            var text = string.Join('\n', jobs.Select(job => job.ToJsonString()));
            Assert.True(jobs.Count <= count, text);
            if (jobs.Count == count && jobs.All(job => (string?)job["state"] == "succeeded"))
                return jobs.Select(Name);
            Assert.True(attempt < 200, text);
            await Task.Delay(100);
        }
    }

    private static string Name(JsonNode job) => $"{job["kind"]} {job["period"]}";
}
