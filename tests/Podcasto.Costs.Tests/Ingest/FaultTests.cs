using System.IO.Compression;
using System.Text;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

public sealed class FaultTests
{
    private const string Event =
        "{\"id\":\"ID\",\"event_type\":\"other\",\"service\":\"acme\",\"quantity\":1,\"unit\":\"units\",\"unit_cost_usd\":1}";

    [Fact]
    public async Task A_database_that_goes_away_is_a_503_and_one_that_returns_is_used_again()
    {
        using var postgres = new PostgresServer();
        using var database = new TestDatabase(postgres);
        await using var app = new PodcastoCostsApp(database, ("Ingest:RetrySeconds", "1"));
        var client = await app.StartAsync();
        var body = Event.Replace("ID", "0198d0c6-0000-7000-8000-000000000001", StringComparison.Ordinal);
        Assert.Equal(200, (await client.PostAsync("/api/v1/events", body)).Status);

        postgres.Crash();
        var other = Event.Replace("ID", "0198d0c6-0000-7000-8000-000000000002", StringComparison.Ordinal);
        Assert.Equal(503, (await client.PostAsync("/api/v1/events", other)).Status);
        Assert.Equal(503, (int)(await client.GetAsync("/api/v1/daily")).StatusCode);
        Assert.Equal(503, (int)(await client.GetAsync("/api/v1/events?format=csv")).StatusCode);
        Assert.Equal(503, (int)(await client.GetAsync("/readyz")).StatusCode);
        Assert.Equal(200, (int)(await client.GetAsync("/healthz")).StatusCode);

        postgres.Start();
        Assert.Equal(200, (await client.PostAsync("/api/v1/events", other)).Status);
        Assert.Equal(2, (await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray().Count);
        Assert.Empty(await app.VerifyAsync());
    }

    [Fact]
    public async Task A_database_that_is_away_at_start_is_waited_for()
    {
        using var postgres = new PostgresServer();
        using var database = new TestDatabase(postgres);
        postgres.Crash();
        await using var server = await ServerProcess.StartAsync(database, waitUntilReady: false);
        await server.WaitForAsync("/healthz");
        Assert.Equal(503, (int)(await server.Client.GetAsync("/readyz")).StatusCode);
        Assert.Equal(503, (int)(await server.Client.GetAsync("/api/v1/daily")).StatusCode);
        postgres.Start();
        await server.WaitForAsync("/readyz");
        Assert.Equal(200, (int)(await server.Client.GetAsync("/api/v1/daily")).StatusCode);
    }

    // To a server of its own: what finds a missing end is a setting of the process.
    [Fact]
    public async Task A_compressed_stream_that_breaks_off_is_never_taken_for_whole()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        await using var server = await ServerProcess.StartAsync(database);
        var lines = string.Join(
            '\n',
            Enumerable.Range(1, 200).Select(number => Event.Replace("ID", $"0198d0c6-0000-7000-8000-{number:d12}", StringComparison.Ordinal))
        );
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(lines));
        var whole = packed.ToArray();
        foreach (
            var length in new[] { 4, 10, 40, whole.Length / 2, whole.Length - 12, whole.Length - 8, whole.Length - 6, whole.Length - 1, whole.Length }
        )
        {
            using var content = new ByteArrayContent(whole, 0, length);
            content.Headers.ContentType = new("application/x-ndjson");
            content.Headers.ContentEncoding.Add("gzip");
            using var response = await server.Client.PostAsync("/api/v1/events", content);
            Assert.True((int)response.StatusCode == (length == whole.Length ? 200 : 400), $"{length} of {whole.Length}: {response.StatusCode}");
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_server_that_is_asked_to_stop_commits_what_it_accepted(Engine engine)
    {
        using var database = new TestDatabase(engine);
        var answers = new List<int>();
        await using (var server = await ServerProcess.StartAsync(database))
        {
            var sending = Enumerable
                .Range(0, 40)
                .Select(async part =>
                {
                    var events = Enumerable
                        .Range(0, 200)
                        .Select(index => Event.Replace("ID", $"0198d0c6-{part:x4}-7000-8000-{index:x12}", StringComparison.Ordinal));
                    try
                    {
                        return (await server.Client.PostAsync("/api/v1/events", $"[{string.Join(',', events)}]")).Status;
                    }
                    catch (HttpRequestException)
                    {
                        return 0;
                    }
                })
                .ToList();
            await Task.Delay(150);
            Assert.Equal(0, await server.StopAsync());
            answers.AddRange(await Task.WhenAll(sending));
        }

        await using var after = await ServerProcess.StartAsync(database);
        var total = (await after.Client.GetJsonAsync("/api/v1/costs?granularity=total"))["items"]!.AsArray();
        var stored = total.Count == 0 ? 0 : (int)total[0]!["event_count"]!;
        Assert.True(
            stored >= answers.Count(status => status == 200) * 200,
            $"{stored} events are stored, {answers.Count(status => status == 200)} requests of 200 were acknowledged."
        );
        Assert.Equal(0, (await ServerProcess.RunAsync(database, "verify")).ExitCode);
    }
}
