using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Podcasto.Costs.Server.Ingest.Otlp;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest.Otlp;

/// <summary>Errors are <c>google.rpc.Status</c> in the encoding of the request, whoever finds them.</summary>
public sealed class TraceErrorTests
{
    private const string Json = "application/json";
    private const string Protobuf = "application/x-protobuf";

    [Theory]
    [InlineData(400, 3, Json, "")]
    [InlineData(400, 3, Json, "{")]
    [InlineData(400, 3, Json, "[]")]
    [InlineData(400, 3, Json, "null")]
    [InlineData(400, 3, Json, "{} trailing")]
    [InlineData(400, 3, Json, "{\"resourceSpans\":{}}")]
    [InlineData(400, 3, Json, "{\"resourceSpans\":[1]}")]
    [InlineData(400, 3, Json, "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":5}]}]}]}")]
    [InlineData(400, 3, Json, "{\"\\ud800\":1}")]
    [InlineData(400, 3, Protobuf, "\u0001")]
    [InlineData(400, 3, Protobuf, "\n\u0005\u0012")]
    [InlineData(400, 3, Protobuf, "\u000b\u000b\u000b")]
    [InlineData(415, 3, "text/plain", "{}")]
    [InlineData(415, 3, "application/json; charset=utf-16", "{}")]
    public async Task A_body_that_is_no_export_is_refused(int status, int code, string type, string body)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        await AssertStatusAsync(client, Encoding.UTF8.GetBytes(body), type, status, code);
    }

    [Theory, InlineData(Json), InlineData(Protobuf)]
    public async Task Credentials_encodings_sizes_and_methods_are_answered_alike(string type)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        await AssertStatusAsync(client, [1, 2, 3], type, 400, 3, encoding: "gzip");
        await AssertStatusAsync(client, [1, 2, 3], type, 415, 3, encoding: "br");
        await AssertStatusAsync(client, new byte[64 * 1024 * 1024 + 1], type, 413, 8);
        // Two bytes a span.
        var many =
            type == Json
                ? Encoding.UTF8.GetBytes(
                    $"{{\"resourceSpans\":[{{\"scopeSpans\":[{{\"spans\":[{string.Join(',', Enumerable.Repeat("{}", 100_001))}]}}]}}]}}"
                )
                : Nested([.. Enumerable.Repeat<byte[]>([0x12, 0], 100_001).SelectMany(span => span)]);
        await AssertStatusAsync(client, many, type, 413, 8);

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
        await AssertStatusAsync(client, [], type, 401, 16);
        using var stranger = app.CreateClient();
        await AssertStatusAsync(stranger, [], type, 401, 16);
    }

    [Fact]
    public async Task A_database_that_is_away_is_a_status_that_says_when_to_come_back()
    {
        using var postgres = new PostgresServer();
        using var database = new TestDatabase(postgres);
        await using var app = new PodcastoCostsApp(database, ("Ingest:RetrySeconds", "1"));
        var client = await app.StartAsync();
        postgres.Crash();
        var call = Spans.Export([], Spans.Call(1, 0, 2, 1)).ToJsonString();
        using var response = await client.PostAsync("/v1/traces/", Http.Json(call));
        Assert.Equal(503, (int)response.StatusCode);
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(Json, response.Content.Headers.ContentType!.MediaType);
        var (code, message) = Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(14, code);
        Assert.NotEmpty(message);

        // What exporters do then.
        postgres.Start();
        Assert.Equal(200, (await client.PostAsync("/v1/traces", call)).Status);
        Assert.Single((await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Metrics_and_logs_are_no_routes_of_ours()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        Assert.Equal(404, (await client.PostAsync("/v1/metrics", "{}")).Status);
        Assert.Equal(404, (await client.PostAsync("/v1/logs", "{}")).Status);
        using var empty = new ByteArrayContent([]);
        empty.Headers.Add("Content-Type", Protobuf);
        using var response = await client.PostAsync("/v1/traces", empty);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    private static byte[] Nested(byte[] spans)
    {
        byte[] Wrap(int field, byte[] inner) =>
            TraceEncoding.Message(output =>
            {
                output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(inner));
            });
        return Wrap(1, Wrap(2, spans));
    }

    private static async Task AssertStatusAsync(HttpClient client, byte[] body, string type, int status, int code, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var response = await client.PostAsync("/v1/traces", content);
        var answer = await response.Content.ReadAsByteArrayAsync();
        Assert.True(status == (int)response.StatusCode, $"{response.StatusCode} {Encoding.UTF8.GetString(answer)}");
        Assert.Equal(type == Protobuf ? Protobuf : Json, response.Content.Headers.ContentType!.MediaType);
        var (found, message) = type == Protobuf ? Read(answer) : Parse(answer);
        Assert.Equal(code, found);
        Assert.NotEmpty(message);
    }

    private static (int Code, string Message) Read(byte[] status)
    {
        var (input, code, message) = (new CodedInputStream(status), 0, "");
        while (input.ReadTag() is > 0 and var tag)
        {
            if (tag == WireFormat.MakeTag(1, WireFormat.WireType.Varint))
                code = input.ReadInt32();
            else
                message = input.ReadString();
        }

        return (code, message);
    }

    private static (int Code, string Message) Parse(byte[] status)
    {
        var json = JsonNode.Parse(status)!;
        return ((int)json["code"]!, (string)json["message"]!);
    }
}
