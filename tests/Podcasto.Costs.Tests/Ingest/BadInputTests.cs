using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest;

public sealed class BadInputTests
{
    private const string Good = "\"event_type\":\"other\",\"service\":\"acme\",\"quantity\":1,\"unit\":\"units\"";

    /// <summary>A body, and the pointer that its error must have.</summary>
    public static TheoryData<string, string> Bodies() =>
        new()
        {
            { "", "" },
            { "{", "" },
            { "nonsense", "" },
            { "3", "" },
            { "null", "" },
            { "[[]]", "/0" },
            { "[{}", "" },
            { $"{{{Good}}} trailing", "" },
            { "{}", "/service" },
            { $"[{{{Good}}},{{}}]", "/1/quantity" },
            { Without("quantity", "NaN"), "" },
            { Without("quantity", "\"NaN\""), "/quantity" },
            { Without("quantity", "-1"), "/quantity" },
            { Without("quantity", "\"+1\""), "/quantity" },
            { Without("quantity", "\" 1\""), "/quantity" },
            { Without("quantity", "\"0x1\""), "/quantity" },
            { Without("quantity", "\"1,000\""), "/quantity" },
            { Without("quantity", "\"01\""), "/quantity" },
            { Without("quantity", "\"1.\""), "/quantity" },
            { Without("quantity", "true"), "/quantity" },
            { Without("quantity", "{}"), "/quantity" },
            { Without("quantity", "123456789012345678901234567890"), "/quantity" },
            { Without("quantity", "1e400"), "/quantity" },
            { Without("quantity", "1e99999999999999999999"), "/quantity" },
            { Without("quantity", "1e-10"), "/quantity" },
            { Without("quantity", "0.1234567891"), "/quantity" },
            { Without("quantity", "1000000000000.000000001"), "/quantity" },
            { $"{{{Good},\"unit_cost_usd\":\"0.0000000000000001\"}}", "/unit_cost_usd" },
            { $"{{{Good},\"unit_cost_usd\":1000001}}", "/unit_cost_usd" },
            { "{\"event_type\":\"other\",\"service\":\"acme\",\"quantity\":1e12,\"unit\":\"units\",\"unit_cost_usd\":1e6}", "" },
            { "{\"event_type\":\"party\",\"service\":\"acme\",\"quantity\":1,\"unit\":\"units\"}", "/event_type" },
            { "{\"event_type\":\"other\",\"service\":\"Acme!\",\"quantity\":1,\"unit\":\"units\"}", "/service" },
            { "{\"event_type\":\"other\",\"service\":\"\",\"quantity\":1,\"unit\":\"units\"}", "/service" },
            { $"{{\"event_type\":\"other\",\"service\":\"{new string('a', 65)}\",\"quantity\":1,\"unit\":\"units\"}}", "/service" },
            { "{\"event_type\":\"other\",\"service\":\"acme\",\"quantity\":1,\"unit\":7}", "/unit" },
            { $"{{{Good},\"id\":\"abc\"}}", "/id" },
            { $"{{{Good},\"id\":\"{{58209fd1-2839-4840-bb72-2f918d490850}}\"}}", "/id" },
            { $"{{{Good},\"episode_id\":\"58209fd128394840bb722f918d490850\"}}", "/episode_id" },
            { $"{{{Good},\"podcast_id\":12}}", "/podcast_id" },
            { $"{{{Good},\"metadata\":[]}}", "/metadata" },
            { $"{{{Good},\"metadata\":\"x\"}}", "/metadata" },
            { $"{{{Good},\"metadata\":{{\"a\":\"{new string('a', 16 * 1024)}\"}}}}", "/metadata" },
            { $"{{{Good},\"metadata\":{Nested(33)}}}", "/metadata" },
            { $"{{{Good},\"metadata\":{Nested(1000)}}}", "" },
            { $"{{{Good},\"metadata\":{{\"model\":5}}}}", "/metadata/model" },
            { $"{{{Good},\"metadata\":{{\"region\":\"{new string('r', 129)}\"}}}}", "/metadata/region" },
            { $"{{{Good},\"metadata\":{{\"a\":\"\\u0000\"}}}}", "/metadata" },
            { $"{{{Good},\"metadata\":{{\"\\ud800\":1}}}}", "/metadata" },
            { $"{{{Good},\"created_at\":\"\\ud800\"}}", "/created_at" },
            { $"{{{Good},\"\\ud800\":1}}", "" },
            { "{\"event_type\":\"other\",\"service\":\"ac\\u0000me\",\"quantity\":1,\"unit\":\"units\"}", "/service" },
            { $"{{{Good},\"timestamp\":\"2025-01-01T00:00:00\"}}", "/timestamp" },
            { $"{{{Good},\"timestamp\":\"2025-02-30T00:00:00Z\"}}", "/timestamp" },
            { $"{{{Good},\"timestamp\":\"1999-12-31T23:59:59Z\"}}", "/timestamp" },
            { $"{{{Good},\"timestamp\":\"2999-01-01T00:00:00Z\"}}", "/timestamp" },
            { $"{{{Good},\"timestamp\":1700000000}}", "/timestamp" },
            { $"{{{Good},\"colour\":\"red\"}}", "/colour" },
            { $"{{{Good},\"service\":\"acme\"}}", "/service" },
            { $"[{string.Join(',', Enumerable.Repeat($"{{{Good}}}", 10_001))}]", "" },
        };

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Every_bad_body_is_refused_by_its_pointer_and_stores_nothing(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        foreach (var (body, pointer) in Bodies().Select(row => row.Data))
        {
            var (status, problem) = await client.PostAsync("/api/v1/events", body);
            var shown = body[..Math.Min(body.Length, 120)];
            Assert.True(status == 400, $"{shown}: {status}");
            Assert.True(problem!["errors"]!.AsObject().ContainsKey(pointer), $"{shown}: {problem["errors"]!.ToJsonString()} lacks \"{pointer}\"");
        }

        Assert.Empty((await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("1e3", "1000")]
    [InlineData("\"1E+3\"", "1000")]
    [InlineData("1000000000000", "1000000000000")]
    [InlineData("0.100000000000000000000000000000000", "0.1")]
    [InlineData("-0", "0")]
    [InlineData("0e400", "0")]
    public async Task Every_way_to_write_a_number_is_taken_by_its_value(string quantity, string stored)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        Assert.Equal(200, (await client.PostAsync("/api/v1/events", Without("quantity", quantity))).Status);
        Assert.Equal(stored, (string)(await client.GetJsonAsync("/api/v1/events"))["items"]![0]!["quantity"]!);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_and_bodies_that_break_off_are_refused()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var text = Encoding.UTF8.GetBytes($"{{{Good}}}");
        byte[] invalid = [.. text[..20], 0xff, .. text[20..]];
        Assert.Equal(400, await PostAsync(client, invalid, null));

        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(text);
        Assert.Equal(200, await PostAsync(client, buffer.ToArray(), "gzip"));
        Assert.Equal(400, await PostAsync(client, buffer.ToArray()[..^6], "gzip"));
        Assert.Equal(400, await PostAsync(client, text, "gzip"));
        Assert.Equal(415, await PostAsync(client, text, "br"));
        Assert.Equal(415, (await client.PostAsync("/api/v1/events", $"{{{Good}}}", "text/plain")).Status);
        Assert.Equal(413, await PostAsync(client, Gzip(new byte[65 * 1024 * 1024]), "gzip"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Ndjson_stores_the_good_lines_and_names_the_bad_ones(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        var tooDear = "{\"event_type\":\"other\",\"service\":\"acme\",\"quantity\":1e12,\"unit\":\"units\",\"unit_cost_usd\":1e6}";
        string[] lines = [$"{{{Good}}}", "", "{bad", tooDear, $"[{{{Good}}}]", new string(' ', 70_000) + $"{{{Good}}}", $"{{{Good}}}"];
        var (status, body) = await client.PostAsync("/api/v1/events", string.Join('\n', lines), "application/x-ndjson");
        Assert.Equal(200, status);
        Assert.Equal(2, (int)body!["accepted"]!);
        Assert.Equal(4, (int)body["rejected"]!);
        Assert.Equal([3, 4, 5, 6], body["errors"]!.AsArray().Select(error => (int)error!["line"]!));
        Assert.Null(body["events"]);
    }

    [Fact]
    public async Task The_first_event_of_an_id_stands()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        const string Id = "58209fd1-2839-4840-bb72-2f918d490850";
        var body = $"[{{{Good},\"id\":\"{Id}\",\"unit_cost_usd\":2}},{{{Good},\"id\":\"{Id.ToUpperInvariant()}\",\"unit_cost_usd\":3}}]";
        var (_, first) = await client.PostAsync("/api/v1/events", body);
        Assert.Equal("2", (string)first!["total_cost_usd"]!);
        Assert.Equal(["accepted", "duplicate"], first["events"]!.AsArray().Select(entry => (string)entry!["status"]!));
        var (_, again) = await client.PostAsync("/api/v1/events", $"{{{Good},\"id\":\"{Id}\",\"unit_cost_usd\":9}}");
        Assert.Equal("2", (string)again!["events"]![0]!["total_cost_usd"]!);
        Assert.Equal(1, (int)again["duplicates"]!);
    }

    private static string Without(string field, string value) =>
        $"{{{Good.Replace($"\"{field}\":1", $"\"{field}\":{value}", StringComparison.Ordinal)}}}";

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1);

    private static byte[] Gzip(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return buffer.ToArray();
    }

    private static async Task<int> PostAsync(HttpClient client, byte[] body, string? encoding)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        using var response = await client.PostAsync("/api/v1/events", content);
        return (int)response.StatusCode;
    }
}
