using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Archive;

public sealed class ArchiveDiskTests
{
    private const string March = """{"month":"2025-03"}""";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_full_disk_stops_an_archive_that_works_when_there_is_room_again(Engine engine)
    {
        using var disk = new SmallDisk(16);
        await using var app = new PodcastoCostsApp(engine, ("Archive:Directory", disk.Folder));
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 6_000));
        // First none at all, then room for a part of what it writes on the way, until there is enough.
        for (var kilobytes = 0; ; kilobytes += 80)
        {
            disk.Fill();
            disk.Free(kilobytes);
            var failed = await client.RunJobAsync("archive", March);
            if (kilobytes > 0 && (string?)failed["state"] == "succeeded")
                break;
            Assert.True((string?)failed["state"] == "failed", failed.ToJsonString());
            Assert.Matches("(full|[Nn]o space|[Nn]ot enough space)|could not be written", (string)failed["error"]!);
            Assert.Equal(6_000, await app.ReadAsync<long>("select count(*) from cost_tracking_events"));
            Assert.Equal(0, await app.ReadAsync<long>("select count(*) from archive_files"));
            Assert.Equal(["filler"], Directory.GetFiles(disk.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
        }

        disk.Free();
        Assert.Equal(0, await app.ReadAsync<long>("select count(*) from cost_tracking_events"));
        Assert.Empty(await app.VerifyAsync());

        // Reading needs a little room to sort in, and says so; nothing is wrong afterwards.
        disk.Fill();
        Assert.True((int)(await client.GetAsync("/api/v1/events?format=csv")).StatusCode is 200 or 503);
        disk.Free();
        Assert.Equal(200, (int)(await client.GetAsync("/api/v1/events?format=csv")).StatusCode);
        Assert.Equal(6_000, (int)(await client.RunJobAsync("restore", March))["events"]!);
        Assert.Empty(await app.VerifyAsync());
    }
}
