using System.Net;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Exports;

public sealed class ExportRequestTests
{
    [Fact]
    public async Task A_request_that_makes_no_sense_is_refused_and_an_empty_month_is_not_there()
    {
        var clock = new ShiftedClock();
        clock.Set("2026-03-10T12:00:00Z");
        await using var app = new PodcastoCostsApp(Engine.Sqlite) { Clock = clock };
        var client = await app.StartAsync();
        foreach (var route in new[] { "focus", "focus/metadata", "events" })
        {
            foreach (
                var query in new[]
                {
                    "",
                    "?month=",
                    "?month=2026-13",
                    "?month=2026-3",
                    "?month=march",
                    "?month=2026-04",
                    "?month=9999-12",
                    "?month=2026-02&month=2026-01",
                    "?month=2026-02&format=xml",
                    "?month=2026-02&format=",
                    "?month=2026-02&colour=red",
                }
            )
                await AssertAsync(client, $"{route}{query}", HttpStatusCode.BadRequest);
            await AssertAsync(client, $"{route}?month=2026-02", HttpStatusCode.NotFound);
            await AssertAsync(client, $"{route}?month=0001-01", HttpStatusCode.NotFound);
        }

        await AssertAsync(client, "focus?month=2026-02&format=ndjson", HttpStatusCode.BadRequest);
        client.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/exports/focus?month=2026-02")).StatusCode);
    }

    [Fact]
    public async Task A_file_has_a_name_and_an_open_month_says_so()
    {
        using var folder = new TempFolder();
        var clock = new ShiftedClock();
        clock.Set("2026-03-10T12:00:00Z");
        await using var app = new PodcastoCostsApp(Engine.Sqlite, ("Exports:Directory", folder.Path)) { Clock = clock };
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2026-02-28T23:59:59Z", 3), SomeEvents.Of("2026-03-01T00:00:00Z", 2, firstId: 11));
        await AssertFileAsync(client, "focus?month=2026-02", "text/csv", "podcasto-costs-focus-2026-02.csv", "ended");
        await AssertFileAsync(
            client,
            "focus?month=2026-03&format=parquet",
            "application/vnd.apache.parquet",
            "podcasto-costs-focus-2026-03-open.parquet",
            "open"
        );
        await AssertFileAsync(client, "events?month=2026-03", "application/x-ndjson", "podcasto-costs-events-2026-03-open.ndjson", "open");
        await AssertFileAsync(client, "events?month=2026-02&format=csv", "text/csv", "podcasto-costs-events-2026-02.csv", "ended");
        Assert.True((bool)(await client.GetJsonAsync("/api/v1/exports/focus/metadata?month=2026-03"))["x_IsOpen"]!);
        Assert.False((bool)(await client.GetJsonAsync("/api/v1/exports/focus/metadata?month=2026-02"))["x_IsOpen"]!);
        using var response = await client.GetAsync("/api/v1/exports/focus?month=2026-02");
        Assert.Contains("</api/v1/exports/focus/metadata?month=2026-02>", response.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        Assert.Empty(folder.Files("*"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_full_disk_is_a_503_that_leaves_nothing_behind(Engine engine)
    {
        using var disk = new SmallDisk(8);
        await using var app = new PodcastoCostsApp(engine, ("Exports:Directory", disk.Folder));
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-10T12:00:00Z", 3_000));
        disk.Fill();
        foreach (var route in new[] { "focus", "events" })
        {
            using var response = await client.GetAsync($"/api/v1/exports/{route}?month=2025-03&format=parquet");
            var text = await response.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Contains("disk", text, StringComparison.Ordinal);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Null(response.Content.Headers.ContentDisposition);
        }

        Assert.Equal(["filler"], Directory.GetFileSystemEntries(disk.Folder).Select(Path.GetFileName));
        disk.Free();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/exports/focus?month=2025-03&format=parquet")).StatusCode);
        Assert.Empty(Directory.GetFileSystemEntries(disk.Folder));
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_nothing_behind_and_only_so_many_files_are_made_at_once()
    {
        using var folder = new TempFolder();
        using var database = new TestDatabase(Engine.Sqlite);
        await using var server = await ServerProcess.StartAsync(
            database,
            waitUntilReady: true,
            ("Exports:Directory", folder.Path),
            ("Exports:ParquetFilesAtOnce", "1")
        );
        await server.Client.SendEventsAsync(SomeEvents.Of("2025-03-10T12:00:00Z", 60_000));
        using var leaving = new CancellationTokenSource();
        const string Path = "/api/v1/exports/events?month=2025-03&format=parquet";
        var left = server.Client.GetAsync(Path, leaving.Token);
        for (var wait = 0; Directory.GetFileSystemEntries(folder.Path).Length == 0; wait++)
        {
            Assert.True(wait < 1_000 && !left.IsCompleted, "The file was never being made.");
            await Task.Delay(5);
        }

        using var refused = await server.Client.GetAsync(Path);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        for (var wait = 0; Directory.GetFileSystemEntries(folder.Path).Length > 0; wait++)
        {
            Assert.True(wait < 200, "Something was left behind.");
            await Task.Delay(50);
        }

        using var again = await server.Client.GetAsync(Path);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.True(again.Content.Headers.ContentLength > 0);
    }

    private static async Task AssertAsync(HttpClient client, string query, HttpStatusCode expected)
    {
        using var response = await client.GetAsync($"/api/v1/exports/{query}");
        Assert.True(response.StatusCode == expected, $"{query}: {(int)response.StatusCode}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Null(response.Content.Headers.ContentDisposition);
    }

    private static async Task AssertFileAsync(HttpClient client, string query, string type, string name, string month)
    {
        using var response = await client.GetAsync($"/api/v1/exports/{query}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(name, response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(month, response.Headers.GetValues("Podcasto-Costs-Month").Single());
    }
}
