using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.About;

public sealed class AboutPageTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task It_counts_the_ledger_and_shows_settings_without_secrets_to_admins_only(Engine engine)
    {
        await using var app = new PodcastoCostsApp(
            engine,
            ("Cron:Secret", "a-cron-secret"),
            ("Archive:AccessKey", "a-name"),
            ("Archive:SecretKey", "an-archive-secret")
        );
        var api = await app.StartAsync();
        var admin = await app.SignInAsync();
        Assert.Contains("none yet", await admin.PageAsync("/about"), StringComparison.Ordinal);

        await api.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 5), SomeEvents.Of("2025-04-02T10:00:00Z", 3, firstId: 6));
        var html = await admin.PageAsync("/about");
        Assert.Contains("<dd>8</dd>", html, StringComparison.Ordinal);
        Assert.Contains("8 with events", html, StringComparison.Ordinal);
        Assert.Contains("Mar 1, 2025", html, StringComparison.Ordinal);
        Assert.Contains("Apr 2, 2025", html, StringComparison.Ordinal);
        Assert.Contains(engine == Engine.Sqlite ? "SQLite 3." : "PostgreSQL 1", html, StringComparison.Ordinal);
        Assert.Contains("Settings in force", html, StringComparison.Ordinal);
        foreach (var secret in new[] { "a-cron-secret", "an-archive-secret", PodcastoCostsApp.AdminKey, "Password" })
            Assert.DoesNotContain(secret, html, StringComparison.Ordinal);

        var viewer = await app.SignInAsync(await api.ViewerKeyAsync());
        Assert.DoesNotContain("Settings in force", await viewer.PageAsync("/about"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_what_lies_in_the_archive()
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Archive:Directory", folder.Path));
        var api = await app.StartAsync();
        await api.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 5));
        await api.RunJobAsync("archive", "{\"month\":\"2025-03\"}");
        Assert.Contains("5 events in 1 file", await (await app.SignInAsync()).PageAsync("/about"), StringComparison.Ordinal);
    }
}
