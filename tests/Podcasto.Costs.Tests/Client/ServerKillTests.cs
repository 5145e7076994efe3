using System.Net;
using System.Net.Sockets;
using Podcasto.Costs.Client;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Client;

/// <summary>The real server, killed and started again under the load of a real tracker.</summary>
public sealed class ServerKillTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task With_the_spool_nothing_tracked_is_lost_and_nothing_is_counted_twice(Engine engine)
    {
        using var folder = new TempFolder();
        var (counts, stored) = await KillUnderLoadAsync(
            engine,
            options =>
            {
                options.SpoolFolder = folder.Path;
                // Far less than what is tracked while the server is away: without the disk it would be lost.
                (options.BufferCapacity, options.BatchSize) = (1_000, 200);
            }
        );
        Assert.Equal(counts.Tracked, stored.Count);
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Equal((counts.Tracked, 0, counts.Tracked), (counts.Sent, counts.Dropped, counts.Spooled));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Without_it_nothing_is_counted_twice_and_what_is_missing_was_counted_as_dropped(Engine engine)
    {
        var (counts, stored) = await KillUnderLoadAsync(engine, options => (options.BufferCapacity, options.BatchSize) = (1_000, 200));
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Equal(counts.Sent, stored.Count);
        Assert.Equal(counts.Tracked, counts.Sent + counts.Dropped);
        Assert.True(counts.Dropped > 0, "The buffer never filled: the test proves nothing.");
    }

    private static async Task<(TrackerCounts Counts, List<Guid> Stored)> KillUnderLoadAsync(Engine engine, Action<PodcastoCostsOptions> configure)
    {
        using var database = new TestDatabase(engine);
        var address = $"http://127.0.0.1:{FreePort()}";
        var server = await ServerProcess.StartAtAsync(database, address);
        try
        {
            await using var services = Trackers.Services(new Uri(address), configure);
            var tracker = services.Tracker();
            var over = false;
            var load = Task.Run(async () =>
            {
                while (!Volatile.Read(ref over))
                {
                    tracker.Track(50);
                    await Task.Delay(10);
                }
            });
            for (var kill = 0; kill < Faults.Times(2, 20); kill++)
            {
                await Task.Delay(Random.Shared.Next(300, 900));
                server.Kill();
                await server.DisposeAsync();
                server = await ServerProcess.StartAtAsync(database, address);
            }

            await Task.Delay(300);
            Volatile.Write(ref over, true);
            await load;
            Assert.True(await tracker.FlushedAsync(30), tracker.Counts.ToString());
            return (tracker.Counts, await StoredAsync(server));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<List<Guid>> StoredAsync(ServerProcess server)
    {
        var csv = await server.Client.GetStringAsync("/api/v1/events?format=csv");
        return [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => Guid.Parse(line[..36]))];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
