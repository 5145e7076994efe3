using System.Net;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Jobs;

public sealed class JobsPageTests
{
    private const string Held =
        "insert into leases (name, holder, expires_at) values ('jobs', '0198d0c6-0000-7000-8000-000000000001', '2999-01-01T00:00:00Z')";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Runs_show_with_what_they_did_what_differed_and_why_they_failed(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var admin = await app.StartAsync();
        await admin.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 8));
        await app.ExecuteAsync("update daily_cost_summary set total_cost_usd = '17' where date = '2025-03-01'");
        await admin.RunJobAsync("aggregate-daily", "{\"date\":\"2025-03-01\"}");
        await admin.RunJobAsync("verify", "{\"from\":\"2025-03-01\",\"to\":\"2025-03-02\"}");
        await app.ExecuteAsync("update jobs set state = 'failed', error = 'A <b>reason</b>' where kind = 'verify'");

        var reader = await app.SignInAsync(await admin.ViewerKeyAsync());
        var html = await reader.PageAsync("/jobs");
        Assert.Contains("2025-03-01", html, StringComparison.Ordinal);
        Assert.Contains("$2.00", html, StringComparison.Ordinal);
        Assert.Contains("badge warn", html, StringComparison.Ordinal);
        Assert.Contains("A &lt;b&gt;reason&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("Mar 1 – Mar 2, 2025", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-live", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/jobs/start", html, StringComparison.Ordinal);
        Assert.DoesNotContain("reason", await reader.PageAsync("/jobs?state=succeeded"), StringComparison.Ordinal);
        Assert.DoesNotContain("$2.00", await reader.PageAsync("/jobs?kind=verify"), StringComparison.Ordinal);
        await reader.PageAsync("/jobs?kind=%00&state=x&cursor=y");
        Assert.Equal(HttpStatusCode.Redirect, await reader.StatusAsync("/jobs/start"));
        Assert.Equal("/forbidden", await ForbiddenAsync(reader));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_admin_starts_a_job_by_form_and_errors_stand_beside_the_field(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        await app.StartAsync();
        await app.ExecuteAsync("delete from leases; " + Held);
        var admin = await app.SignInAsync();

        await RefusedAsync(admin, "aggregate-daily", 400, "Must not be in the future", ("date", "2999-01-01"));
        await RefusedAsync(admin, "rebuild", 400, "Must not be after to", ("from", "2025-01-02"), ("to", "2025-01-01"));
        await RefusedAsync(admin, "rebuild", 400, "Must be a UUID", ("episode_id", "x<b>"));
        await RefusedAsync(admin, "archive", 400, "Must be a month", ("month", "January"));
        await RefusedAsync(admin, "archive", 400, "2025-01 has no events", ("month", "2025-01"));
        await RefusedAsync(admin, "restore", 400, "Is required");

        using (var started = await admin.SendFormAsync("/jobs/start?kind=aggregate-monthly", ("month", "2025-03")))
            Assert.Equal("/jobs", started.Headers.Location?.OriginalString);
        await RefusedAsync(admin, "aggregate-monthly", 409, "is queued already", ("month", "2025-03"));
        var html = await admin.PageAsync("/jobs");
        Assert.Contains("data-live", html, StringComparison.Ordinal);
        Assert.Contains("Close a month", html, StringComparison.Ordinal);

        await app.ExecuteAsync("update jobs set state = 'running', stage = 'days', done = 7, total = 31, started_at = created_at");
        Assert.Contains("<progress max=\"31\" value=\"7\"", await admin.PageAsync("/jobs"), StringComparison.Ordinal);
        Assert.Equal(1, await app.ReadAsync<long>("select count(*) from audit_log where action = 'job.start'"));
    }

    private static async Task RefusedAsync(HttpClient admin, string kind, int status, string message, params (string, string)[] fields)
    {
        using var refused = await admin.SendFormAsync($"/jobs/start?kind={kind}", fields);
        var html = await refused.Content.ReadAsStringAsync();
        Assert.True((int)refused.StatusCode == status, $"{kind} {(int)refused.StatusCode}: {html}");
        Assert.Contains(message, html, StringComparison.Ordinal);
    }

    private static async Task<string?> ForbiddenAsync(HttpClient reader)
    {
        using var refused = await reader.ForgeFormAsync("/jobs", "/jobs/start", ("from", ""));
        return refused.Headers.Location?.AbsolutePath;
    }
}
