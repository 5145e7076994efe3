using System.Text;
using Google.Protobuf;
using Podcasto.Costs.Server.Ingest.Otlp;
using Podcasto.Costs.Tests.Ingest.Otlp;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

/// <summary>Damaged CloudEvents and exports of traces: refused or read, never a fault of the server.</summary>
public sealed class StandardsFuzzTests
{
    private const string Event =
        """{"specversion":"1.0","id":"a\u00e9","source":"/s","type":"other","time":"2026-01-31T23:59:59Z","subject":"episode/0198d0c6-0000-7000-8000-000000000001","ext":5,"data":{"service":"acme","quantity":1,"unit":"units","metadata":{"model":"m"}}}""";

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
        "\\u0000",
        "\\ud800",
        "\"id\":\"x\",",
        "1e999",
        "\0",
        "{\"data\":",
    ];

    private static readonly byte[] JsonExport = Encoding.UTF8.GetBytes(Export().ToJsonString());

    [Fact]
    public async Task No_damaged_body_makes_the_server_fail()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Faults.Times(4_000, 100_000)),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (seed, cancellationToken) =>
            {
                var random = new Random(seed);
                var (path, type, body) = (seed % 5) switch
                {
                    0 => ("/v1/traces", "application/x-protobuf", ProtobufExport()),
                    1 => ("/v1/traces", "application/json", JsonExport),
                    2 => ("/api/v1/events", "application/cloudevents-batch+json", Encoding.UTF8.GetBytes($"[{Event},{Event}]")),
                    3 => ("/api/v1/events", "application/json", Encoding.UTF8.GetBytes("{\"service\":\"acme\",\"quantity\":1,\"unit\":\"units\"}")),
                    _ => ("/api/v1/events", "application/cloudevents+json", Encoding.UTF8.GetBytes(Event)),
                };
                for (var change = random.Next(5); change > 0 && body.Length > 0; change--)
                    body = Change(random, body);
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
                request.Content.Headers.Add("Content-Type", type);
                if (random.Next(20) == 0)
                    request.Content.Headers.Add("Content-Encoding", "gzip");
                if (seed % 5 == 3)
                    AddHeaders(random, request);
                using var response = await client.SendAsync(request, cancellationToken);
                Assert.True((int)response.StatusCode < 500, $"Seed {seed}: {(int)response.StatusCode} for {Encoding.Latin1.GetString(body)}");
            }
        );
        Assert.Empty(await app.VerifyAsync());
    }

    private static void AddHeaders(Random random, HttpRequestMessage request)
    {
        string[] values = ["1.0", "%", "%ZZ", "%FF%00", "\"", "\"a\\", "%F0%9F%98%80", "", " ", ";", "2026-01-31T23:59:59Z", "episode/x", "other"];
        foreach (var name in (string[])["specversion", "id", "source", "type", "time", "subject", "dataschema", "x-y"])
        {
            var value =
                random.Next(2) == 0 ? values[random.Next(values.Length)]
                : name is "specversion" ? "1.0"
                : name is "type" ? "other"
                : "a";
            if (random.Next(8) > 0)
                request.Headers.TryAddWithoutValidation($"ce-{name}", value);
        }
    }

    private static byte[] Change(Random random, byte[] body)
    {
        var at = random.Next(body.Length);
        switch (random.Next(6))
        {
            case 0:
                return body[..at];
            case 1:
                return [.. body[..at], (byte)random.Next(256), .. body[(at + 1)..]];
            case 2:
                return [.. body[..at], .. Encoding.UTF8.GetBytes(Morsels[random.Next(Morsels.Length)]), .. body[at..]];
            case 3:
                return [.. body[..at], .. body[Math.Min(body.Length, at + random.Next(20))..]];
            case 4:
                var noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                return random.Next(2) == 0 ? noise : [.. body[..at], .. noise, .. body[at..]];
            default:
                return [.. body[..at], .. body[random.Next(body.Length)..], .. body[at..]];
        }
    }

    private static System.Text.Json.Nodes.JsonObject Export() =>
        Spans.Export(
            Spans.Attributes(("podcasto.episode_id", "x")),
            Spans.Call(1, 0, 2, 1),
            Spans.Call(2, 1, 2, 1),
            Spans.Span(3, 2, ("http.url", "/"))
        );

    // One span of everything that is read.
    private static byte[] ProtobufExport()
    {
        byte[] Wrap(int field, params byte[][] inner) =>
            TraceEncoding.Message(output =>
            {
                output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom([.. inner.SelectMany(part => part)]));
            });
        byte[] Text(int field, string text) => Wrap(field, Encoding.UTF8.GetBytes(text));
        byte[] Attribute(string name, byte[] value) => Wrap(9, Text(1, name), Wrap(2, value));
        var end = new byte[] { 0x41, 0, 0, 0, 0, 0, 0, 0x90, 0x18 };
        return Wrap(
            1,
            Wrap(1, Wrap(1, Text(1, "podcasto.episode_id"), Wrap(2, Text(1, "x")))),
            Wrap(
                2,
                Wrap(
                    2,
                    Wrap(1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]),
                    Wrap(2, [1, 2, 3, 4, 5, 6, 7, 8]),
                    Wrap(4, [1, 2, 3, 4, 5, 6, 7, 9]),
                    [0x30, 3],
                    end,
                    Attribute("gen_ai.system", Text(1, "openai")),
                    Attribute("gen_ai.usage.input_tokens", [0x18, 0x64]),
                    Attribute("gen_ai.usage.output_tokens", [0x21, 0, 0, 0, 0, 0, 0, 0x59, 0x40]),
                    Attribute("gen_ai.response.finish_reasons", Wrap(5, Wrap(1, Text(1, "stop")))),
                    Wrap(15, [0x18, 2])
                )
            )
        );
    }
}
