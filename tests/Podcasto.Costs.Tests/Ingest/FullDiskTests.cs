using Npgsql;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

public sealed class FullDiskTests
{
    private static readonly string Note = new('x', 300);

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_full_disk_is_a_503_and_the_server_goes_on_when_there_is_room_again(Engine engine)
    {
        using var disk = new SmallDisk(48);
        // A server of its own: a checkpoint reaches every tablespace, and this one's disk goes away.
        using var postgres = engine == Engine.Postgres ? new PostgresServer() : null;
        using var database = postgres is null
            ? new TestDatabase(Path.Combine(disk.Folder, "costs.db"))
            // PostgreSQL's log of changes stays where there is room: without it no server could go on.
            : new TestDatabase(postgres, Path.Combine(disk.Folder, "tables"));
        await using var app = new PodcastoCostsApp(database, ("Ingest:RetrySeconds", "1"));
        var client = await app.StartAsync();
        var accepted = await SendUntilFullAsync(client, 0, 20);
        Assert.Equal(20, accepted);

        disk.Fill();
        accepted += await SendUntilFullAsync(client, 1_000, 400);
        Assert.InRange(accepted, 20, 300);
        Assert.Equal(200, (int)(await client.GetAsync("/healthz")).StatusCode);

        disk.Free();
        accepted += await SendUntilFullAsync(client, 2_000, 20);
        var stored = (int)(await client.GetJsonAsync("/api/v1/costs?granularity=total"))["items"]![0]!["event_count"]!;
        Assert.Equal(accepted * 500, stored);
        Assert.Empty(await app.VerifyAsync());
    }

    // The number of batches that were taken before the first 503.
    private static async Task<int> SendUntilFullAsync(HttpClient client, int first, int most)
    {
        for (var batch = 0; batch < most; batch++)
        {
            var events = Enumerable
                .Range(0, 500)
                .Select(index =>
                    $$"""{"metadata":{"note":"{{Note}}"},"id":"0198d0c6-{{first + batch:x4}}-7000-8000-{{index:x12}}","event_type":"other","service":"acme","quantity":1,"unit":"units"}"""
                );
            var (status, body) = await client.PostAsync("/api/v1/events", $"[{string.Join(',', events)}]");
            if (status == 503)
                return batch;
            Assert.True(status == 200, $"{status} {body}");
        }

        return most;
    }
}
