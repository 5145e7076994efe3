using System.IO.Compression;
using System.Text;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

public sealed class FuzzTests
{
    private const string Valid =
        """{"id":"0198d0c6-0000-7000-8000-000000000001","event_type":"ai_api_call","service":"gemini_text","quantity":"12.5","unit":"tokens","unit_cost_usd":1e-3,"episode_id":"0198d0c6-0000-7000-8000-000000000002","podcast_id":null,"user_id":"0198d0c6-0000-7000-8000-000000000003","metadata":{"model":"a\u00e9\ud83d\ude00","region":"","input_tokens":3,"x":[1,{"y":null}]},"timestamp":"2026-01-31T23:59:59.123456+01:00"}""";

    private static readonly string[] Morsels =
    [
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "-",
        "1e999999999",
        "1e-999999999",
        "0.0000000000000000000000000000000001",
        "99999999999999999999999999999999999999",
        "NaN",
        "\\u0000",
        "\\ud800",
        "\0",
        "\u00ff",
        "\n",
        "\r\n",
        "\ufeff",
        "{\"metadata\":",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "\"id\":\"x\",",
        "2026-13-45T99:99:99Z",
    ];

    [Fact]
    public async Task No_body_makes_the_server_fail_or_grow()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var count = Faults.Times(12_000, 100_000);
        await SendAsync(client, 0, 2_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await SendAsync(client, 2_000, count);
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(growth < 32 * 1024 * 1024, $"{growth / 1024 / 1024} MB more are held after {count} bodies.");
        Assert.Empty(await app.VerifyAsync());
    }

    private static Task SendAsync(HttpClient client, int from, int to) =>
        Parallel.ForEachAsync(
            Enumerable.Range(from, to - from),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (seed, cancellationToken) =>
            {
                var random = new Random(seed);
                var ndjson = random.Next(2) == 0;
                var body = Body(random, ndjson);
                using var content = new ByteArrayContent(body);
                content.Headers.TryAddWithoutValidation("Content-Type", ndjson ? "application/x-ndjson" : "application/json");
                if (random.Next(4) == 0)
                {
                    content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
                }

                using var response = await client.PostAsync("/api/v1/events", content, cancellationToken);
                Assert.True((int)response.StatusCode < 500, $"Seed {seed}: {(int)response.StatusCode} for {Encoding.Latin1.GetString(body)}");
            }
        );

    private static byte[] Body(Random random, bool ndjson)
    {
        var body = random.Next(6) switch
        {
            0 => Noise(random),
            1 => Encoding.UTF8.GetBytes(Valid),
            2 => Encoding.UTF8.GetBytes(string.Join(ndjson ? "\n" : ",", Enumerable.Repeat(Valid, random.Next(1, 5)))),
            3 => Encoding.UTF8.GetBytes($"[{Valid},{Valid}]"),
            4 => Gzip(Encoding.UTF8.GetBytes(Valid)),
            _ => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Morsels[random.Next(Morsels.Length)]))),
        };
        for (var change = random.Next(4); change > 0 && body.Length > 0; change--)
            body = Change(random, body);
        return body;
    }

    private static byte[] Change(Random random, byte[] body)
    {
        var at = random.Next(body.Length);
        switch (random.Next(5))
        {
            case 0:
                return body[..at];
            case 1:
                body[at] = (byte)random.Next(256);
                return body;
            case 2:
                return [.. body[..at], .. Encoding.UTF8.GetBytes(Morsels[random.Next(Morsels.Length)]), .. body[at..]];
            case 3:
                return [.. body[..at], .. body[Math.Min(body.Length, at + random.Next(20))..]];
            default:
                return [.. body[..at], .. body[random.Next(body.Length)..], .. body[at..]];
        }
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(300)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Gzip(byte[] body)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest))
            gzip.Write(body);
        return to.ToArray();
    }
}
