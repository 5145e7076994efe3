using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Archive;

public sealed class ArchiveProofTests
{
    private const string Month = """{"month":"2025-03"}""";

    [Theory]
    [InlineData(Engine.Sqlite, "cost_usd = '17'")]
    [InlineData(Engine.Postgres, "cost_usd = '17'")]
    [InlineData(Engine.Sqlite, "event_count = event_count + 1")]
    public async Task A_month_that_does_not_add_up_to_its_rollups_stays_until_they_are_right(Engine engine, string wrong)
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(engine, ("Archive:Directory", folder.Path));
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 30));
        await app.ExecuteAsync($"update day_cells set {wrong}");

        var refused = await client.RunJobAsync("archive", Month);
        Assert.Equal("failed", (string?)refused["state"]);
        Assert.Contains("2025-03 do not add up to its rollups", refused.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(30, await app.ReadAsync<long>("select count(*) from cost_tracking_events"));
        Assert.Empty(folder.Files("*.parquet"));
        Assert.Empty(folder.Files("*.json"));

        Assert.Equal("succeeded", (string?)(await client.RunJobAsync("rebuild", "{}"))["state"]);
        Assert.Equal("succeeded", (string?)(await client.RunJobAsync("archive", Month))["state"]);
        Assert.Equal(0, await app.ReadAsync<long>("select count(*) from cost_tracking_events"));
        Assert.Empty(await app.VerifyAsync());
    }
}
