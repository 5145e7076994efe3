using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Podcasto.Costs.Server.Ingest;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Ingest.CloudEvents;

public sealed class CloudEventTests(CloudEventTests.SharedApp shared) : IClassFixture<CloudEventTests.SharedApp>
{
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Id = "0198d0c6-0000-7000-8000-000000000001";
    private const string Other = "0198d0c6-0000-7000-8000-000000000002";
    private const string Data = "\"service\":\"acme\",\"quantity\":\"2\",\"unit\":\"units\",\"unit_cost_usd\":\"0.5\"";
    private const string Good = $"{{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/s\",\"type\":\"other\",\"data\":{{{Data}}}}}";

    /// <summary>What is changed of a good one, and the pointer that the error must have.</summary>
    public static TheoryData<string, string, string> Faults() =>
        new()
        {
            { "\"specversion\":\"1.0\",", "", "/specversion" },
            { "\"1.0\"", "\"0.3\"", "/specversion" },
            { "\"1.0\"", "1.0", "/specversion" },
            { "\"id\":\"a\",", "", "/id" },
            { "\"id\":\"a\"", "\"id\":\"\"", "/id" },
            { "\"id\":\"a\"", "\"id\":null", "/id" },
            { "\"id\":\"a\"", "\"id\":7", "/id" },
            { "\"id\":\"a\"", "\"id\":\"a\\u0000\"", "/id" },
            { "\"id\":\"a\"", "\"id\":\"a\\n\"", "/id" },
            { "\"id\":\"a\"", "\"id\":\"\\ud800\"", "/id" },
            { "\"id\":\"a\"", "\"id\":\"00000000-0000-0000-0000-000000000000\"", "/id" },
            { "\"id\":\"a\"", "\"id\":\"a\",\"id\":\"a\"", "/id" },
            { "\"id\":\"a\"", "\"id\":\"a\",\"\\u0069d\":\"b\"", "/id" },
            { "\"id\":\"a\"", "\"id\":\"a\",\"ext\":1,\"ext\":2", "/ext" },
            { "\"id\":\"a\"", "\"id\":\"a\",\"ext\":[\"\\u0000\"]", "" },
            { "\"/s\"", "\"\"", "/source" },
            { "\"source\":\"/s\",", "", "/source" },
            { "\"type\":\"other\",", "", "/type" },
            { "\"other\"", "\"com.example.party\"", "/type" },
            { "\"type\"", "\"time\":\"yesterday\",\"type\"", "/time" },
            { "\"type\"", "\"time\":\"1999-12-31T23:59:59Z\",\"type\"", "/time" },
            { "\"type\"", "\"time\":\"2999-01-01T00:00:00Z\",\"type\"", "/time" },
            { "\"type\"", "\"subject\":\"episode/seven\",\"type\"", "/subject" },
            { "\"type\"", "\"datacontenttype\":\"text/xml\",\"type\"", "/datacontenttype" },
            { "\"type\"", "\"datacontenttype\":\"application/json; charset=latin1\",\"type\"", "/datacontenttype" },
            { "\"type\"", "\"dataschema\":\"relative\",\"type\"", "/dataschema" },
            { "\"2\"", "\"-2\"", "/data/quantity" },
            { "\"service\":\"acme\",", "", "/data/service" },
            { "\"service\":\"acme\"", "\"service\":\"acme\",\"service\":\"b\"", "/data/service" },
            { "\"service\":\"acme\"", "\"service\":\"acme\",\"party\":1", "/data/party" },
            { "\"service\":\"acme\"", $"\"service\":\"acme\",\"id\":\"{Other}\"", "/data/id" },
            { "\"data\":{", "\"time\":\"2026-01-31T00:00:00Z\",\"data\":{\"timestamp\":\"2026-01-30T00:00:00Z\",", "/data/timestamp" },
            { "\"service\":\"acme\"", "\"service\":\"acme\",\"metadata\":{\"model\":5}", "/data/metadata/model" },
            { $"{{{Data}}}", "[]", "/data" },
            { $"{{{Data}}}", "null", "/data" },
            { $",\"data\":{{{Data}}}", "", "/data" },
            { $"\"data\":{{{Data}}}", "\"data_base64\":\"!\"", "/data_base64" },
            { $"\"data\":{{{Data}}}", "\"data_base64\":\"e30=\"", "/data_base64/service" },
            { $"\"data\":{{{Data}}}", "\"data_base64\":\"/w==\"", "/data_base64" },
            { $"\"data\":{{{Data}}}", $"\"data\":{{{Data}}},\"data_base64\":\"e30=\"", "/data" },
            { $"{{{Data}}}}}", $"{{{Data}", "" },
            { $"{{{Data}}}}}", $"{{{Data}}}}} trailing", "" },
            { $"{{{Data}}}", new string('[', 100), "" },
        };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_fault_is_a_400_that_points_at_it_and_nothing_is_stored(string part, string replacement, string place)
    {
        var (client, app) = (shared.Client, shared.App);
        Assert.Contains(part, Good, StringComparison.Ordinal);
        var bad = Good.Replace(part, replacement, StringComparison.Ordinal);
        await AssertFaultAsync(client, bad, Structured, place);
        // In a batch, behind a good one.
        if (place.Length > 0)
            await AssertFaultAsync(client, $"[{Good},{bad}]", Batch, "/1" + place);
        Assert.Equal(0, await app.ReadAsync<long>("select count(*) from cost_tracking_events"));
    }

    [Fact]
    public async Task A_binary_event_is_read_as_strictly_and_its_headers_are_named()
    {
        var (client, app) = (shared.Client, shared.App);
        (string, string)[] good = [("ce-specversion", "1.0"), ("ce-id", "a"), ("ce-source", "/s"), ("ce-type", "other")];
        foreach (var (name, _) in good)
            Assert.Contains(name, await FaultsAsync(client, [.. good.Where(header => header.Item1 != name)], $"{{{Data}}}"));
        Assert.Contains("ce-id", await FaultsAsync(client, [.. good, ("ce-id", "b")], $"{{{Data}}}"));
        Assert.Contains("ce-time", await FaultsAsync(client, [.. good, ("ce-time", "now")], $"{{{Data}}}"));
        foreach (var encoded in (string[])["%", "%ZZ", "%FF", "\"a"])
            Assert.Contains("ce-subject", await FaultsAsync(client, [.. good, ("ce-subject", encoded)], $"{{{Data}}}"));
        Assert.Contains("ce-source", await FaultsAsync(client, [.. good[..2], ("ce-source", "%00"), good[3]], $"{{{Data}}}"));
        Assert.Contains("/quantity", await FaultsAsync(client, good, "{\"service\":\"acme\",\"unit\":\"units\",\"quantity\":-1}"));
        Assert.Contains("", await FaultsAsync(client, good, $"[{{{Data}}}]"));
        Assert.Contains("", await FaultsAsync(client, good, "{"));
        Assert.Equal(0, await app.ReadAsync<long>("select count(*) from cost_tracking_events"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_envelope_says_who_when_what_and_of_which_episode(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        var full = $$"""
            {"specversion":"1.0","id":"{{Id.ToUpperInvariant()}}","source":"urn:x","type":"com.example.x","time":"2026-01-31T23:59:59.1234567+01:00",
             "subject":"podcast/{{Other}}","comexampleext":{"a":[1]},"ODD_name":true,"dataschema":"https://example.com/s","datacontenttype":"application/json",
             "data":{"event_type":"ai_api_call",{{Data}},"metadata":{"model":"m"} }
            }
            """;
        var (status, receipt) = await client.PostAsync("/api/v1/events", full, Structured);
        Assert.True(status == 200, receipt?.ToJsonString());
        Assert.Equal("1", (string)receipt!["total_cost_usd"]!);
        var stored = await client.GetJsonAsync($"/api/v1/events/{Id}");
        Assert.Equal("2026-01-31T22:59:59.123456Z", (string)stored["timestamp"]!);
        Assert.Equal("ai_api_call", (string)stored["event_type"]!);
        Assert.Equal(Other, (string)stored["podcast_id"]!);

        // Data that names an episode needs no subject, and wins over it.
        var own = Good.Replace("\"service\"", $"\"episode_id\":\"{Id}\",\"service\"", StringComparison.Ordinal)
            .Replace("\"type\"", $"\"subject\":\"episode/{Other}\",\"type\"", StringComparison.Ordinal);
        (_, receipt) = await client.PostAsync("/api/v1/events", own, Structured);
        stored = await client.GetJsonAsync($"/api/v1/events/{receipt!["events"]![0]!["id"]}");
        Assert.Equal(Id, (string)stored["episode_id"]!);
        Assert.Equal(NamedId.Of(NamedId.CloudEvents, "/s\na").ToString(), (string)stored["id"]!);

        // Another source, another event; encoded data is data.
        var encoded = Good.Replace(
            $"\"data\":{{{Data}}}",
            $"\"data_base64\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{{Data}}}"))}\"",
            StringComparison.Ordinal
        );
        (status, receipt) = await client.PostAsync("/api/v1/events", encoded.Replace("/s", "/t", StringComparison.Ordinal), Structured);
        Assert.Equal((200, 1), (status, (int)receipt!["accepted"]!));
        Assert.Empty(await app.VerifyAsync());
    }

    [Theory]
    [InlineData("text/json")]
    [InlineData("application/json; charset=\\\"UTF-8\\\"")]
    [InlineData("APPLICATION/vnd.example+JSON")]
    public async Task Data_may_be_json_by_any_of_its_names(string type)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var structured = Good.Replace("\"type\"", $"\"datacontenttype\":\"{type}\",\"type\"", StringComparison.Ordinal);
        var (status, receipt) = await client.PostAsync("/api/v1/events", structured, Structured);
        Assert.True(status == 200, receipt?.ToJsonString());
        (status, receipt) = await BinaryAsync(
            client,
            type.Replace("\\", "", StringComparison.Ordinal),
            "ce-specversion",
            "ce-id",
            "ce-source",
            "ce-type"
        );
        Assert.True(status == 200, receipt?.ToJsonString());
        Assert.Equal(1, (int)receipt!["duplicates"]!);
    }

    [Theory, InlineData("ce-specversion"), InlineData("ce-id"), InlineData("ce-source"), InlineData("ce-type")]
    public async Task Any_header_of_an_envelope_makes_an_event_of_the_binary_mode(string header)
    {
        var (client, app) = (shared.Client, shared.App);
        var (status, problem) = await BinaryAsync(client, "application/json", header);
        Assert.Equal(400, status);
        Assert.DoesNotContain(header, problem!["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal(3, problem["errors"]!.AsObject().Count);
        Assert.Equal(0, await app.ReadAsync<long>("select count(*) from cost_tracking_events"));
    }

    [Fact]
    public async Task Lines_are_no_data_of_an_event_in_the_binary_mode()
    {
        var (client, app) = (shared.Client, shared.App);
        Assert.Equal(415, (await BinaryAsync(client, "application/x-ndjson", "ce-id")).Status);
        Assert.Equal(0, await app.ReadAsync<long>("select count(*) from cost_tracking_events"));
    }

    [Fact]
    public async Task A_binary_event_may_be_gzip_and_a_subject_that_is_not_needed_may_be_anything()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        using var content = Gzip($"{{\"episode_id\":\"{Other}\",\"event_type\":\"other\",{Data}}}");
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = content };
        foreach (var (name, value) in new[] { ("specversion", "1.0"), ("id", Id), ("source", "/s"), ("type", "x"), ("subject", "episode/seven") })
            request.Headers.Add($"ce-{name}", value);
        request.Headers.Add("ce-time", "2026-01-31t12:00:00.5z");
        using var response = await client.SendAsync(request);
        Assert.True((int)response.StatusCode == 200, await response.Content.ReadAsStringAsync());
        var stored = await client.GetJsonAsync($"/api/v1/events/{Id}");
        Assert.Equal((Other, "2026-01-31T12:00:00.5Z"), ((string)stored["episode_id"]!, (string)stored["timestamp"]!));
    }

    [Fact]
    public async Task The_limits_and_preferences_of_arrays_hold_for_batches()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var events = Enumerable.Range(0, 10_001).Select(index => Good.Replace("\"a\"", $"\"a{index}\"", StringComparison.Ordinal)).ToList();
        await AssertFaultAsync(client, $"[{string.Join(',', events)}]", Batch, "");
        await AssertFaultAsync(client, Good, Batch, "");
        await AssertFaultAsync(client, $"[{Good}]", Structured, "");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events")
        {
            Content = Gzip($"[{string.Join(',', events.Take(10_000))}]"),
        };
        request.Headers.Add("Prefer", "return=minimal");
        using var response = await client.SendAsync(request);
        var receipt = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(10_000, (int)receipt["accepted"]!);
        Assert.Null(receipt["events"]);
        Assert.Equal("return=minimal", response.Headers.GetValues("Preference-Applied").Single());

        var (status, none) = await client.PostAsync("/api/v1/events", "[]", Batch);
        Assert.Equal((200, 0), (status, (int)none!["accepted"]!));
        (status, _) = await client.PostAsync("/api/v1/events", Good, "application/cloudevents+avro");
        Assert.Equal(415, status);
        var dear = Good.Replace("\"0.5\"", "1e6", StringComparison.Ordinal).Replace("\"2\"", "1e12", StringComparison.Ordinal);
        await AssertFaultAsync(client, $"[{Good},{dear}]", Batch, "/1");
    }

    [Fact]
    public void Named_ids_are_those_of_the_standard() =>
        Assert.Equal(
            new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"),
            NamedId.Of(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com")
        );

    private static async Task AssertFaultAsync(HttpClient client, string body, string type, string pointer)
    {
        var (status, problem) = await client.PostAsync("/api/v1/events", body, type);
        Assert.True(status == 400, $"{status} for {body[..Math.Min(body.Length, 1000)]}");
        Assert.True(problem!["errors"]!.AsObject().ContainsKey(pointer), $"No {pointer} in {problem["errors"]}");
    }

    private static async Task<(int Status, JsonNode? Body)> BinaryAsync(HttpClient client, string type, params string[] headers)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"{{\"event_type\":\"other\",{Data}}}"));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = content };
        foreach (var (name, value) in new[] { ("ce-specversion", "1.0"), ("ce-id", "a"), ("ce-source", "/s"), ("ce-type", "other") })
        {
            if (headers.Contains(name))
                request.Headers.Add(name, value);
        }

        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    private static async Task<IEnumerable<string>> FaultsAsync(HttpClient client, (string Name, string Value)[] headers, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = Http.Json(body) };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await client.SendAsync(request);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True((int)response.StatusCode == 400, problem.ToJsonString());
        return problem["errors"]!.AsObject().Select(error => error.Key);
    }

    private static ByteArrayContent Gzip(string body)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(body));
        var content = new ByteArrayContent(to.ToArray());
        content.Headers.Add("Content-Type", Batch);
        content.Headers.Add("Content-Encoding", "gzip");
        return content;
    }

    /// <summary>One application for all bad bodies: none of them may leave anything behind.</summary>
    public sealed class SharedApp : IAsyncLifetime
    {
        internal PodcastoCostsApp App { get; } = new(Engine.Sqlite);

        internal HttpClient Client { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Client = await App.StartAsync();

        public async ValueTask DisposeAsync() => await App.DisposeAsync();
    }
}
