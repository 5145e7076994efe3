using System.Net.Http.Headers;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Jobs;

public sealed class JobTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_rebuild_started_by_the_interface_repairs_while_events_arrive(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 2_000));
        await app.ExecuteAsync("update daily_cost_summary set total_cost_usd = '17' where date = '2025-03-01'");
        await app.ExecuteAsync("delete from episode_costs where episode_id = '0198d0c6-0000-4000-8000-000000000003'");

        var (status, job) = await client.PostAsync("/api/v1/jobs/rebuild", "");
        Assert.Equal(202, status);
        var sending = client.SendEventsAsync(SomeEvents.Of("2025-03-01T11:00:00Z", 3_000, firstId: 2_001));
        var done = await client.JobEndedAsync(job!);
        await sending;
        Assert.Equal("succeeded", (string?)done["state"]);
        Assert.True((int)done["differences"]! >= 2, done.ToJsonString());
        Assert.True((int)done["total"]! > 0 && (int)done["done"]! == (int)done["total"]!, done.ToJsonString());

        var (_, second) = await client.PostAsync("/api/v1/jobs/verify", "{\"from\":\"2025-03-01\",\"to\":\"2025-03-01\"}");
        Assert.Equal(0, (int)(await client.JobEndedAsync(second!))["differences"]!);
        Assert.Empty(await app.VerifyAsync());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_makes_no_sense_or_runs_already_is_refused(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        // Another server holds the queue, so that nothing leaves it.
        const string Held =
            "insert into leases (name, holder, expires_at) values ('jobs', '0198d0c6-0000-7000-8000-000000000001', '2999-01-01T00:00:00Z')";
        await app.ExecuteAsync("delete from leases; " + Held);

        Assert.Equal(404, (await client.PostAsync("/api/v1/jobs/tidy", "{}")).Status);
        Assert.Equal(400, (await client.PostAsync("/api/v1/jobs/rebuild", "{\"month\":\"2025-03\"}")).Status);
        Assert.Equal(400, (await client.PostAsync("/api/v1/jobs/rebuild", "{\"from\":\"2025-03-02\",\"to\":\"2025-03-01\"}")).Status);
        Assert.Equal(400, (await client.PostAsync("/api/v1/jobs/aggregate-daily", "{\"date\":\"2999-03-02\"}")).Status);
        Assert.Equal(400, (await client.PostAsync("/api/v1/jobs/verify", "[]")).Status);
        Assert.Equal(400, (int)(await client.GetAsync("/api/v1/jobs/one")).StatusCode);
        Assert.Equal(404, (int)(await client.GetAsync("/api/v1/jobs/0198d0c6-0000-7000-8000-000000000001")).StatusCode);
        Assert.Equal(400, (int)(await client.GetAsync("/api/v1/jobs?state=done")).StatusCode);
        Assert.Equal(400, (int)(await client.GetAsync("/api/v1/jobs?period=March")).StatusCode);

        Assert.Equal(202, (await client.PostAsync("/api/v1/jobs/aggregate-daily", "{\"date\":\"2025-03-02\"}")).Status);
        var (status, problem) = await client.PostAsync("/api/v1/jobs/aggregate-daily", "{\"date\":\"2025-03-02\"}");
        Assert.Equal(409, status);
        Assert.Contains("is queued already", (string)problem!["detail"]!, StringComparison.Ordinal);
        Assert.Equal(202, (await client.PostAsync("/api/v1/jobs/aggregate-daily", "{\"date\":\"2025-03-03\"}")).Status);
    }

    [Fact]
    public async Task A_reader_sees_jobs_and_starts_none()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var admin = await app.StartAsync();
        var (_, made) = await admin.PostAsync("/api/v1/keys", "{\"name\":\"reader\",\"scopes\":[\"read\"]}");
        var reader = app.CreateClient();
        reader.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)made!["key"]);
        Assert.Equal(403, (await reader.PostAsync("/api/v1/jobs/rebuild", "{}")).Status);
        Assert.Empty((await reader.GetJsonAsync("/api/v1/jobs"))["items"]!.AsArray());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_rebuild_that_was_killed_is_run_again_by_the_next_server(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using (var first = await ServerProcess.StartAsync(database))
        {
            await first.Client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 30_000));
            await using (var app = new PodcastoCostsApp(database))
            {
                await app.StartAsync();
                await app.ExecuteAsync("update daily_cost_summary set total_cost_usd = '17' where date = '2025-03-01'");
                await app.ExecuteAsync("delete from episode_costs where total_cost_usd = '0.25'");
            }

            var (_, job) = await first.Client.PostAsync("/api/v1/jobs/rebuild", "{}");
            while ((string?)(await first.Client.GetJsonAsync($"/api/v1/jobs/{job!["id"]}"))["state"] == "queued")
                await Task.Delay(5);
            first.Kill();
        }

        await using var second = await ServerProcess.StartAsync(database);
        await using (var app = new PodcastoCostsApp(database))
        {
            // Half a minute passes.
            await app.StartAsync();
            await app.ExecuteAsync("update leases set expires_at = '2025-01-01T00:00:00Z'");
            await app.ExecuteAsync("update jobs set beat_at = '2025-01-01T00:00:00Z'");
            var latest = (await second.Client.GetJsonAsync("/api/v1/jobs?kind=rebuild"))["items"]![0]!;
            Assert.Equal("succeeded", (string?)(await second.Client.JobEndedAsync(latest))["state"]);
            Assert.Empty(await app.VerifyAsync());
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Proofs_that_were_killed_are_run_again_by_the_next_server(Engine engine)
    {
        using var database = new TestDatabase(engine);
        var server = await ServerProcess.StartAsync(database);
        try
        {
            await server.Client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 10_000));
            foreach (
                var (kind, body) in new[]
                {
                    ("verify", "{}"),
                    ("aggregate-daily", "{\"date\":\"2025-03-01\"}"),
                    ("aggregate-monthly", "{\"month\":\"2025-03\"}"),
                }
            )
            {
                await database.ExecuteAsync("update daily_cost_summary set total_cost_usd = '17' where date = '2025-03-01'");
                var (_, job) = await server.Client.PostAsync($"/api/v1/jobs/{kind}", body);
                while ((string?)(await server.Client.GetJsonAsync($"/api/v1/jobs/{job!["id"]}"))["state"] == "queued")
                    await Task.Delay(2);
                var killed = server;
                killed.Kill();
                await database.ForgetTheDeadAsync();
                server = await ServerProcess.StartAsync(database);
                await killed.DisposeAsync();
                var done = await server.Client.JobEndedAsync(job!);
                Assert.True((string?)done["state"] == "succeeded", done.ToJsonString());
            }

            var verify = await ServerProcess.RunAsync(database, "verify");
            Assert.True(verify.ExitCode == 0, verify.Output);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
