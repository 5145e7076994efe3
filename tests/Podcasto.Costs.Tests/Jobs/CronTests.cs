using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Jobs;

public sealed class CronTests
{
    private const string Secret = "a-secret-that-only-the-scheduler-has";
    private const string Daily = "/api/cron/aggregate-daily-costs";
    private const string Monthly = "/api/cron/aggregate-monthly-costs";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_period_is_proven_and_what_differs_is_repaired_and_said(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine, ("Cron:Secret", Secret));
        var admin = await app.StartAsync();
        var cron = Client(app, Secret);
        await admin.SendEventsAsync(SomeEvents.Of("2025-03-01T23:59:59.999999Z", 3), SomeEvents.Of("2025-03-02T00:00:00Z", 2, firstId: 4));

        var right = await cron.GetJsonAsync($"{Daily}?date=2025-03-01");
        Assert.Equal("""{"date":"2025-03-01","events":3,"episodes":3,"total_cost_usd":"0.75","differences":0}""", Without(right, "took_ms"));

        await app.ExecuteAsync("update daily_cost_summary set total_cost_usd = '17' where date = '2025-03-01'");
        await app.ExecuteAsync("update month_totals set event_count = 9 where month = '2025-03-01'");
        var repaired = await cron.PostAsync($"{Daily}?date=2025-03-01", "");
        Assert.Equal(200, repaired.Status);
        Assert.True((int)repaired.Body!["differences"]! >= 2, repaired.Body.ToJsonString());
        Assert.Equal("0.75", (string?)repaired.Body["total_cost_usd"]);
        Assert.Empty(await app.VerifyAsync());

        var month = await cron.GetJsonAsync($"{Monthly}?month=2025-03");
        Assert.Equal("""{"month":"2025-03","events":5,"episodes":5,"total_cost_usd":"1.25","differences":0}""", Without(month, "took_ms"));
        var empty = await cron.GetJsonAsync($"{Monthly}?month=2024-02");
        Assert.Equal("""{"month":"2024-02","events":0,"episodes":0,"total_cost_usd":"0","differences":0}""", Without(empty, "took_ms"));

        var jobs = (await admin.GetJsonAsync("/api/v1/jobs?period=2025-03-01"))["items"]!.AsArray();
        Assert.Equal(["aggregate-daily", "aggregate-daily"], jobs.Select(job => (string)job!["kind"]!));
        Assert.All(jobs, job => Assert.Equal("succeeded", (string?)job!["state"]));
        Assert.True((int)jobs[0]!["differences"]! >= 2);
        Assert.Equal(0, (int)jobs[1]!["differences"]!);
        Assert.Contains("podcasto_costs_rollup_differences", await admin.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Calls_at_the_same_time_on_two_servers_all_answer_the_same(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var one = new PodcastoCostsApp(database, ("Cron:Secret", Secret));
        await using var other = new PodcastoCostsApp(database, ("Cron:Secret", Secret));
        var admin = await one.StartAsync();
        await other.StartAsync();
        await admin.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 40));
        await one.ExecuteAsync("update daily_cost_summary set total_cost_usd = '17' where date = '2025-03-01'");

        var clients = new[] { Client(one, Secret), Client(other, Secret) };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(call => clients[call % 2].GetJsonAsync($"{Daily}?date=2025-03-01")));
        Assert.All(answers, answer => Assert.Equal("10", (string?)answer["total_cost_usd"]));
        Assert.Contains(answers, answer => (int)answer["differences"]! > 0);
        Assert.Empty(await one.VerifyAsync());
    }

    [Fact]
    public async Task Without_a_parameter_it_is_yesterday_and_last_month()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2025, 3, 1, 0, 10, 0, TimeSpan.Zero));
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("CRON_SECRET", Secret)) { Clock = clock };
        await app.StartAsync();
        var cron = Client(app, Secret);
        Assert.Equal("2025-02-28", (string?)(await cron.GetJsonAsync(Daily))["date"]);
        Assert.Equal("2025-02", (string?)(await cron.GetJsonAsync(Monthly))["month"]);
        Assert.Equal("2025-03-01", (string?)(await cron.GetJsonAsync($"{Daily}?date=2025-03-01"))["date"]);
        Assert.Equal(400, (int)(await cron.GetAsync($"{Daily}?date=2025-03-02")).StatusCode);
        Assert.Equal(400, (int)(await cron.GetAsync($"{Monthly}?month=2025-04")).StatusCode);
    }

    [Theory]
    [InlineData($"{Daily}?date=2025-02-30")]
    [InlineData($"{Daily}?date=yesterday")]
    [InlineData($"{Daily}?date=")]
    [InlineData($"{Daily}?date=9999-12-31")]
    [InlineData($"{Daily}?day=2025-02-01")]
    [InlineData($"{Daily}?date=2025-02-01&date=2025-02-02")]
    [InlineData($"{Monthly}?month=2025-13")]
    [InlineData($"{Monthly}?month=2025-02-01")]
    [InlineData($"{Monthly}?date=2025-02-01")]
    public async Task What_is_no_period_is_refused_in_words(string path)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Cron:Secret", Secret));
        await app.StartAsync();
        using var answer = await Client(app, Secret).GetAsync(path);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("\"errors\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Secret, null)]
    [InlineData(Secret, "")]
    [InlineData(Secret, "a-secret-that-only-the-scheduler-hat")]
    [InlineData(Secret, PodcastoCostsApp.AdminKey)]
    [InlineData("", "")]
    [InlineData("", Secret)]
    [InlineData("", PodcastoCostsApp.AdminKey)]
    public async Task Whoever_lacks_the_secret_is_turned_away(string configured, string? sent)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Cron:Secret", configured));
        await app.StartAsync();
        foreach (var path in new[] { Daily, Monthly })
        {
            using var answer = await Client(app, sent).GetAsync(path);
            Assert.Equal(401, (int)answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    private static HttpClient Client(PodcastoCostsApp app, string? secret)
    {
        var client = app.CreateClient();
        if (secret is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {secret}");
        return client;
    }

    private static string Without(JsonNode answer, string field)
    {
        Assert.True(answer.AsObject().Remove(field));
        return answer.ToJsonString();
    }
}
