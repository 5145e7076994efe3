using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Server.Storage;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

public sealed class BackpressureTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_full_queue_is_a_429_that_says_when_to_come_back_and_leaves_room_for_small_requests(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine, ("Ingest:MaxQueuedMegabytes", "16"));
        var client = await app.StartAsync();
        var held = await app.Services.GetRequiredService<Database>().BeginAsync(LedgerAccess.Exclusive, CancellationToken.None);
        List<Task<HttpResponseMessage>> large;
        Task<HttpResponseMessage> small;
        await using (held)
        {
            large = [.. Enumerable.Range(0, 10).Select(part => PostAsync(client, part, 5_000))];
            while (large.Count(answer => answer.IsCompleted) < 5)
                await Task.WhenAny(large.Where(answer => !answer.IsCompleted));
            small = PostAsync(client, 100, 1);
            await Task.Delay(500);
            Assert.False(small.IsCompleted);
        }

        // The ledger is free again: what was taken is stored, what was refused was not.
        var refused = new List<int>();
        for (var part = 0; part < large.Count; part++)
        {
            using var answer = await large[part];
            if (answer.StatusCode == HttpStatusCode.OK)
                continue;
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
            refused.Add(part);
        }

        Assert.InRange(refused.Count, 5, 9);
        Assert.Equal(HttpStatusCode.OK, (await small).StatusCode);
        Assert.Equal((10 - refused.Count) * 5_000 + 1, await CountAsync(client));
        foreach (var part in refused)
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, part, 5_000)).StatusCode);
        Assert.Equal(50_001, await CountAsync(client));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Clients_that_stall_in_the_middle_of_a_body_hold_nobody_up(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var server = await ServerProcess.StartAsync(database);
        var stalled = new List<Socket>();
        try
        {
            for (var index = 0; index < 200; index++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                stalled.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
                await socket.SendAsync(
                    Encoding.ASCII.GetBytes(
                        $"POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {PodcastoCostsApp.AdminKey}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n[{{\"event_type\":"
                    )
                );
            }

            using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            for (var part = 0; part < 20; part++)
            {
                using var answer = await server.Client.PostAsync("/api/v1/events", Http.Json(Array(part, 50)), impatient.Token);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }
        finally
        {
            stalled.ForEach(socket => socket.Dispose());
        }

        Assert.Equal(1_000, await CountAsync(server.Client));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_stream_of_any_length_leaves_the_memory_of_the_server_as_it_was(Engine engine)
    {
        // 10 KB a line: 60 MB, or the promised 1 GB.
        var lines = Faults.Times(6_000, 100_000);
        using var database = new TestDatabase(engine);
        await using var server = await ServerProcess.StartAsync(database);
        // Until the heap has found its size.
        var first = Math.Max(6_000, lines / 10);
        await StreamAsync(server, 1, first);
        var before = server.PeakMegabytes();
        await StreamAsync(server, 2, lines);
        var growth = server.PeakMegabytes() - before;
        Assert.True(growth < 60, $"{lines * 10 / 1000} MB of lines took {growth} MB of memory.");
        Assert.Equal(first + lines, await CountAsync(server.Client));
    }

    private static async Task StreamAsync(ServerProcess server, int stream, int lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = new Lines(stream, lines) };
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, int part, int count) =>
        client.PostAsync("/api/v1/events", Http.Json(Array(part, count)));

    private static string Array(int part, int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(index => Event(part, index, "")))}]";

    private static string Event(int part, int index, string note) =>
        $$"""{"id":"0198d0c6-{{part:x4}}-7000-8000-{{index:x12}}","metadata":{"note":"{{note}}"},"event_type":"other","service":"acme","quantity":1,"unit":"units"}""";

    private static async Task<int> CountAsync(HttpClient client) =>
        int.Parse(
            (await client.GetJsonAsync("/api/v1/costs?granularity=total"))["items"]![0]!["event_count"]!.ToString(),
            CultureInfo.InvariantCulture
        );

    private sealed class Lines : HttpContent
    {
        private static readonly string Note = new('x', 10_000);
        private readonly int _stream;
        private readonly int _lines;

        public Lines(int stream, int lines)
        {
            (_stream, _lines) = (stream, lines);
            Headers.ContentType = new("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var index = 0; index < _lines; index++)
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Event(_stream, index, Note) + "\n"));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
