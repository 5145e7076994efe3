using System.Net.Sockets;
using System.Text;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

/// <summary>What is acknowledged is there, exactly once, whatever was killed meanwhile.</summary>
public sealed class KillTests
{
    private const int Clients = 4;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_the_server_is_killed(Engine engine)
    {
        using var database = new TestDatabase(engine);
        var random = new Random(7);
        var server = await ServerProcess.StartAsync(database);
        try
        {
            var clients = StartClients(() => server.Client, out var stop, out var running);
            for (var kill = 0; kill < Faults.Times(2, 30); kill++)
            {
                await Task.Delay(random.Next(200, 1500));
                var killed = server;
                killed.Kill();
                server = await ServerProcess.StartAsync(database);
                await killed.DisposeAsync();
            }

            await stop.CancelAsync();
            await Task.WhenAll(running);
            await StoredOnce.AssertAsync(clients, server, database);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_PostgreSQL_crashes()
    {
        using var postgres = new PostgresServer();
        using var database = new TestDatabase(postgres);
        var random = new Random(8);
        await using var server = await ServerProcess.StartAsync(database);
        var clients = StartClients(() => server.Client, out var stop, out var running);
        for (var crash = 0; crash < Faults.Times(2, 10); crash++)
        {
            await Task.Delay(random.Next(200, 1500));
            postgres.Crash();
            await Task.Delay(random.Next(0, 500));
            postgres.Start();
        }

        await Task.Delay(500);
        await stop.CancelAsync();
        await Task.WhenAll(running);
        await StoredOnce.AssertAsync(clients, server, database);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_client_that_is_cut_off_in_its_body_leaves_nothing_half_stored(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var server = await ServerProcess.StartAsync(database);
        for (var cut = 0; cut < 30; cut++)
            await CutAsync(server.Client.BaseAddress!.Port, cut);
        var events = (await server.Client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray();
        Assert.Empty(events);
        Assert.Equal(200, (await server.Client.PostAsync("/api/v1/events", "[]")).Status);
        Assert.Equal(0, (await ServerProcess.RunAsync(database, "verify")).ExitCode);
    }

    // A JSON array that breaks off after a whole event of it: all or nothing.
    private static async Task CutAsync(int port, int cut)
    {
        using var client = new TcpClient("127.0.0.1", port);
        var id = $"0198d0c6-0000-7000-8000-{cut:x12}";
        var body = $$"""[{"id":"{{id}}","event_type":"other","service":"acme","quantity":1,"unit":"units"},{"id":""";
        var head =
            $"POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {PodcastoCostsApp.AdminKey}\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + body[..(body.Length - cut)]));
        client.Client.LingerState = new LingerOption(cut % 2 == 0, 0);
    }

    private static List<StubbornClient> StartClients(Func<HttpClient> server, out CancellationTokenSource stop, out Task[] running)
    {
        var source = new CancellationTokenSource();
        var clients = Enumerable.Range(1, Clients).Select(seed => new StubbornClient(server, seed)).ToList();
        running = [.. clients.Select(client => Task.Run(() => client.RunAsync(source.Token)))];
        stop = source;
        return clients;
    }
}
