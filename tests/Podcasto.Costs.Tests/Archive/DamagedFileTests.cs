using System.Text.Json.Nodes;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Archive;

/// <summary>A file that is gone, or is not what was written, is named by whatever needs it; everything else goes on.</summary>
public sealed class DamagedFileTests
{
    private const string March = """{"month":"2025-03"}""";

    public enum Damage
    {
        Missing,
        Truncated,
        Corrupted,
        Swapped,
    }

    [Theory]
    [InlineData(Engine.Sqlite, Damage.Missing)]
    [InlineData(Engine.Sqlite, Damage.Truncated)]
    [InlineData(Engine.Sqlite, Damage.Corrupted)]
    [InlineData(Engine.Sqlite, Damage.Swapped)]
    [InlineData(Engine.Postgres, Damage.Missing)]
    [InlineData(Engine.Postgres, Damage.Corrupted)]
    public async Task What_needs_a_damaged_file_names_it_and_what_does_not_goes_on(Engine engine, Damage damage)
    {
        using var folder = new TempFolder();
        await using var app = new PodcastoCostsApp(engine, ("Archive:Directory", folder.Path), ("Cron:Secret", "the-secret"));
        var client = await app.StartAsync();
        var file = await ArchiveTwoMonthsAsync(client, folder);
        var before = await client.GetStringAsync("/api/v1/events?from=2025-03-01T00:00:00Z&to=2025-04-01T00:00:00Z&format=csv");
        var copy = folder.File("copy.bak");
        File.Copy(file, copy);
        Apply(damage, file, folder);

        foreach (
            var path in new[]
            {
                "/api/v1/events?from=2025-03-01T00:00:00Z&to=2025-04-01T00:00:00Z",
                "/api/v1/events?from=2025-03-01T00:00:00Z&to=2025-04-01T00:00:00Z&format=csv",
                "/api/v1/events?episode_id=0198d0c6-0000-4000-8000-000000000003",
                "/api/v1/events/0198d0c6-0000-7000-8000-000000000003",
                "/api/v1/costs?group_by=episode_id,service&granularity=total",
                "/api/v1/costs?group_by=episode_id,service&granularity=total&format=csv",
            }
        )
            await AssertNamesAsync(await client.GetAsync(path), file);
        const string Move = """{"podcast_id":"0198d0c6-0000-4000-8000-0000000000aa","title":"Late"}""";
        await AssertNamesAsync(await client.PutAsync("/api/v1/episodes/0198d0c6-0000-4000-8000-000000000003", Http.Json(Move)), file);
        var cron = app.CreateClient();
        cron.DefaultRequestHeaders.Add("Authorization", "Bearer the-secret");
        await AssertNamesAsync(await cron.GetAsync("/api/cron/aggregate-daily-costs?date=2025-03-01"), file);
        foreach (
            var (kind, body) in new[] { ("rebuild", "{}"), ("verify", "{}"), ("restore", March), ("aggregate-daily", """{"date":"2025-03-01"}""") }
        )
        {
            var job = await client.RunJobAsync(kind, body);
            Assert.Equal("failed", (string?)job["state"]);
            Assert.Contains(file, (string)job["error"]!, StringComparison.Ordinal);
        }

        await AssertOthersWorkAsync(client);

        File.Move(copy, file, overwrite: true);
        Assert.Equal(before, await client.GetStringAsync("/api/v1/events?from=2025-03-01T00:00:00Z&to=2025-04-01T00:00:00Z&format=csv"));
        Assert.Equal(200, (int)(await client.PutAsync("/api/v1/episodes/0198d0c6-0000-4000-8000-000000000003", Http.Json(Move))).StatusCode);
        Assert.Empty(await app.VerifyAsync());
        Assert.Equal("succeeded", (string?)(await client.RunJobAsync("restore", March))["state"]);
        Assert.Empty(await app.VerifyAsync());
    }

    [Fact]
    public async Task A_stream_that_fails_in_its_middle_is_visibly_broken()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(database, settings: ("Archive:Directory", folder.Path));
        // Newer events come first, and fill more than the buffers between here and there.
        await server.Client.SendEventsAsync(SomeEvents.Of("2025-05-01T10:00:00Z", 5_000, firstId: 10_001));
        File.Delete(await ArchiveTwoMonthsAsync(server.Client, folder));
        using var answer = await server.Client.GetAsync("/api/v1/events?format=csv", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)answer.StatusCode);
        await Assert.ThrowsAsync<HttpIOException>(async () =>
        {
            await using var body = await answer.Content.ReadAsStreamAsync();
            await body.CopyToAsync(Stream.Null);
        });
        // The first page is of newer events only.
        Assert.Equal(1000, (await server.Client.GetJsonAsync("/api/v1/events?limit=1000"))["items"]!.AsArray().Count);
    }

    // The path of March's file.
    private static async Task<string> ArchiveTwoMonthsAsync(HttpClient client, TempFolder folder)
    {
        await client.SendEventsAsync(
            SomeEvents.Of("2025-03-01T10:00:00Z", 300),
            SomeEvents.Of("2025-04-01T10:00:00Z", 300, firstId: 1_001),
            SomeEvents.Of("2025-05-01T10:00:00Z", 300, firstId: 2_001)
        );
        foreach (var month in new[] { March, """{"month":"2025-04"}""" })
            Assert.Equal("succeeded", (string?)(await client.RunJobAsync("archive", month))["state"]);
        return Assert.Single(folder.Files("*.parquet"), file => file.Contains("month=03", StringComparison.Ordinal));
    }

    private static void Apply(Damage damage, string file, TempFolder folder)
    {
        switch (damage)
        {
            case Damage.Missing:
                File.Delete(file);
                break;
            case Damage.Truncated:
                using (var stream = File.OpenWrite(file))
                    stream.SetLength(stream.Length / 2);
                break;
            case Damage.Corrupted:
                using (var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite))
                {
                    stream.Position = stream.Length / 2;
                    var was = stream.ReadByte();
                    stream.Position--;
                    stream.WriteByte((byte)(was ^ 1));
                }

                break;
            default:
                // April's: a whole and proper file, of the same number of events.
                File.Copy(folder.Files("*.parquet").Single(other => other.Contains("month=04", StringComparison.Ordinal)), file, overwrite: true);
                break;
        }
    }

    private static async Task AssertNamesAsync(HttpResponseMessage answer, string file)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == 503, $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {text}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.NotNull(answer.Headers.RetryAfter);
            var problem = JsonNode.Parse(text)!;
            Assert.EndsWith("/archive-unavailable", (string)problem["type"]!, StringComparison.Ordinal);
            Assert.Contains(file, (string)problem["detail"]!, StringComparison.Ordinal);
        }
    }

    private static async Task AssertOthersWorkAsync(HttpClient client)
    {
        foreach (
            var path in new[]
            {
                "/api/v1/events?from=2025-04-01T00:00:00Z",
                "/api/v1/events/0198d0c6-0000-7000-8000-0000000003e9",
                "/api/v1/events/0198d0c6-0000-7000-8000-0000000007d1",
                "/api/v1/costs?group_by=episode_id,service&from=2025-04-01",
                "/api/v1/costs?group_by=service&granularity=month",
                "/api/v1/episodes",
                "/api/v1/episodes/0198d0c6-0000-4000-8000-000000000003/costs",
                "/api/v1/daily",
                "/api/v1/monthly/2025-03",
                "/readyz",
            }
        )
        {
            using var answer = await client.GetAsync(path);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        }

        // A repeat of an archived event, and a new one of another month beside it.
        var body = new JsonArray([.. SomeEvents.Of("2025-05-02T10:00:00Z", 2, firstId: 300)]);
        var (status, receipt) = await client.PostAsync("/api/v1/events", body.ToJsonString());
        Assert.Equal((200, 1, 1), (status, (int)receipt!["accepted"]!, (int)receipt["duplicates"]!));
        Assert.Equal("0.25", (string?)receipt["events"]![0]!["total_cost_usd"]);
    }
}
