using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Lists;

public sealed class ExtremeDateTests
{
    private static readonly string[] Months = ["0001-01", "9999-12"];
    private static readonly string[] Days = ["0001-01-01", "9999-12-31"];
    private static readonly string[] Instants =
    [
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00%2B14:00",
    ];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_first_and_the_last_days_that_there_are_have_an_answer_on_every_route(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine, ("Cron:Secret", "the-cron-secret"));
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 3));
        foreach (var path in Paths())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (path.StartsWith("/api/cron", StringComparison.Ordinal))
                request.Headers.Authorization = new("Bearer", "the-cron-secret");
            using var answer = await client.SendAsync(request);
            Assert.True((int)answer.StatusCode < 500, $"{path}: {(int)answer.StatusCode}");
        }

        foreach (var (path, body) in Jobs())
        {
            var (status, answer) = await client.PostAsync(path, body);
            Assert.True(status < 500, $"{path} {body}: {status}");
            if (status == 202)
                Assert.Equal("succeeded", (string?)(await client.JobEndedAsync(answer!))["state"]);
        }

        Assert.Empty(await app.VerifyAsync());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Bounds_of_all_time_leave_nothing_out(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 3));
        foreach (var list in new[] { "daily", "monthly", "podcasts", "costs", "episodes" })
        {
            var (from, to) = list == "monthly" ? ("0001-01", "9999-12") : ("0001-01-01", "9999-12-31");
            var bounded = await client.GetStringAsync($"/api/v1/{list}?from={from}&to={to}");
            Assert.Equal(await client.GetStringAsync($"/api/v1/{list}"), bounded);
        }

        var events = await client.GetStringAsync("/api/v1/events?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59.999999Z");
        Assert.Equal(await client.GetStringAsync("/api/v1/events"), events);
    }

    private static IEnumerable<string> Paths() =>
        [
            .. Months.SelectMany(month =>
                new[]
                {
                    $"/api/v1/monthly/{month}",
                    $"/api/v1/monthly?from={month}",
                    $"/api/v1/monthly?to={month}",
                    $"/api/v1/exports/focus?month={month}",
                    $"/api/v1/exports/focus?month={month}&format=parquet",
                    $"/api/v1/exports/focus/metadata?month={month}",
                    $"/api/v1/exports/events?month={month}&format=csv",
                    $"/api/v1/jobs?period={month}",
                    $"/api/cron/aggregate-monthly-costs?month={month}",
                    $"/months?month={month}",
                }
            ),
            .. Days.SelectMany(day => new[] { $"/api/v1/daily/{day}", $"/api/v1/jobs?period={day}", $"/api/cron/aggregate-daily-costs?date={day}" }),
            .. from day in Days
            from list in new[] { "daily?", "podcasts?", "episodes?", "costs?", "costs?granularity=month&group_by=episode_id,service&" }
            from bound in new[] { "from", "to" }
            select $"/api/v1/{list}{bound}={day}",
            .. Instants.SelectMany(instant =>
                new[]
                {
                    $"/api/v1/events?from={instant}",
                    $"/api/v1/events?to={instant}",
                    $"/api/v1/audit?from={instant}",
                    $"/api/v1/pricing?at={instant}",
                }
            ),
        ];

    private static IEnumerable<(string Path, string Body)> Jobs() =>
        [
            .. Months.SelectMany(month =>
                new[] { "archive", "restore", "aggregate-monthly" }.Select(kind => ($"/api/v1/jobs/{kind}", $$"""{"month":"{{month}}"}"""))
            ),
            .. Days.SelectMany(day =>
                new[]
                {
                    ("/api/v1/jobs/aggregate-daily", $$"""{"date":"{{day}}"}"""),
                    ("/api/v1/jobs/verify", $$"""{"from":"{{day}}"}"""),
                    ("/api/v1/jobs/rebuild", $$"""{"to":"{{day}}"}"""),
                }
            ),
        ];
}
