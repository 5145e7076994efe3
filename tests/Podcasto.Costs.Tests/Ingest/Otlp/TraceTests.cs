using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Server.Ingest;
using Podcasto.Costs.Tests.Support;
using static Podcasto.Costs.Tests.Ingest.Otlp.Spans;

namespace Podcasto.Costs.Tests.Ingest.Otlp;

public sealed class TraceTests
{
    private const string Episode = "0198d0c6-0000-7000-8000-0000000000e1";
    private const string Podcast = "0198d0c6-0000-7000-8000-0000000000d1";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_call_becomes_an_event_with_all_that_its_span_tells(Engine engine)
    {
        await using var app = new PodcastoCostsApp(engine);
        var client = await app.StartAsync();
        var price =
            """{"service":"gemini_text","unit":"tokens","model":"gemini-2.5-flash","unit_cost_usd":"0.30","unit_quantity":1000000,"effective_from":"2026-01-01T00:00:00Z"}""";
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", price)).Status);
        var call = Call(
            1,
            0,
            1001,
            500,
            ("gen_ai.response.model", "gemini-2.5-flash-001"),
            ("gen_ai.response.finish_reasons", new[] { "stop" }),
            ("gen_ai.usage.cache_read.input_tokens", 7),
            ("gen_ai.usage.reasoning.output_tokens", 12.0),
            ("podcasto.episode_id", Episode)
        );
        call["unknown"] = new JsonObject { ["field"] = new JsonArray(1, 2) };
        var export = Export(Attributes(("podcasto.podcast_id", Podcast), ("service.name", "writer")), call);
        // Exporters send again what they saw no answer to.
        for (var attempt = 0; attempt < 2; attempt++)
            Assert.Equal("{}", await TakeAsync(client, export));

        var stored = (await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray();
        var only = Assert.Single(stored)!;
        Assert.Equal(NamedId.Of(NamedId.Spans, Trace + Hex(1)).ToString(), (string)only["id"]!);
        Assert.Equal(("ai_api_call", "gemini_text", "tokens"), ((string)only["event_type"]!, (string)only["service"]!, (string)only["unit"]!));
        Assert.Equal(("1501", "0.0004503"), ((string)only["quantity"]!, (string)only["total_cost_usd"]!));
        Assert.Equal("2026-01-31T23:59:59.123456Z", (string)only["timestamp"]!);
        Assert.Equal((Episode, Podcast), ((string)only["episode_id"]!, (string)only["podcast_id"]!));
        Assert.Equal(
            $$"""{"model":"gemini-2.5-flash","input_tokens":1001,"output_tokens":500,"cached_input_tokens":7,"reasoning_tokens":12,"provider":"gcp.gemini","operation":"generate_content","response_model":"gemini-2.5-flash-001","finish_reasons":["stop"],"trace_id":"{{Trace}}","span_id":"{{Hex(1)}}"}""",
            only["metadata"]!.ToJsonString()
        );
        var episode = await client.GetJsonAsync($"/api/v1/episodes/{Episode}/costs");
        Assert.Equal(("0.0004503", "1501"), ((string)episode["ai_text_cost_usd"]!, (string)episode["total_tokens"]!));
        Assert.Empty(await app.VerifyAsync());
    }

    [Fact]
    public async Task Json_may_have_snake_case_names_deep_attributes_and_texts_that_are_broken()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var deep =
            string.Concat(Enumerable.Repeat("{\"key\":\"k\",\"value\":{\"kvlistValue\":{\"values\":[", 40))
            + string.Concat(Enumerable.Repeat("]}}}", 40));
        var text = Export(Attributes(("podcasto.episode_id", Episode)), Call(1, 0, 20, 2), Call(2, 0, 20, 2, ("error.type", "half \ud83d")))
            .ToJsonString()
            .Replace("\"attributes\":[{\"key\":\"gen_ai.provider", $"\"attributes\":[{deep},{{\"key\":\"gen_ai.provider", StringComparison.Ordinal)
            .Replace("\\uFFFD", "\\ud83d", StringComparison.OrdinalIgnoreCase);
        foreach (
            var name in (string[])["resourceSpans", "scopeSpans", "traceId", "spanId", "parentSpanId", "endTimeUnixNano", "stringValue", "intValue"]
        )
        {
            var snake = string.Concat(name.Select(letter => char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : letter.ToString()));
            text = text.Replace($"\"{name}\"", $"\"{snake}\"", StringComparison.Ordinal);
        }

        using var response = await client.PostAsync("/v1/traces", Http.Json(text));
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, answer);
        Assert.Contains("1 span taken as costs. 1 span rejected", answer, StringComparison.Ordinal);
        var only = Assert.Single((await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray())!;
        Assert.Equal((Episode, "22"), ((string)only["episode_id"]!, (string)only["quantity"]!));
    }

    [Fact]
    public async Task What_looks_like_a_cost_and_lacks_something_is_rejected_alone_and_named()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var timeless = Call(4, 0, 1, 1);
        timeless.Remove("endTimeUnixNano");
        var early = Call(5, 0, 1, 1);
        early["endTimeUnixNano"] = 5;
        var nameless = Call(6, 0, 1, 1);
        nameless["spanId"] = "xyz";
        var answer = await TakeAsync(
            client,
            Export(
                Attributes(("podcasto.episode_id", "none")),
                Call(1, 0, 1, 1),
                Span(2, 0, ("gen_ai.provider.name", "openai"), ("gen_ai.operation.name", "chat")),
                Span(3, 0, ("gen_ai.usage.input_tokens", 3)),
                timeless,
                early,
                nameless,
                Call(7, 0, -1, 1),
                Call(8, 0, 1, 1, ("gen_ai.request.model", new string('m', 200)))
            )
        );
        Assert.Single((await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray());
        var partial = JsonNode.Parse(answer)!["partialSuccess"]!;
        Assert.Equal("7", (string)partial["rejectedSpans"]!);
        var message = (string)partial["errorMessage"]!;
        Assert.Contains("1 span taken as costs. 7 spans rejected: ", message, StringComparison.Ordinal);
        Assert.Contains("no numbers of tokens are given", message, StringComparison.Ordinal);
        Assert.Contains("no provider is named", message, StringComparison.Ordinal);
        Assert.Contains("no UUID", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_costs_too_much_is_left_out_and_the_others_are_stored()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var price = """{"service":"gemini_text","unit":"tokens","unit_cost_usd":"1000000","effective_from":"2026-01-01T00:00:00Z"}""";
        Assert.Equal(201, (await client.PostAsync("/api/v1/pricing", price)).Status);
        var answer = await TakeAsync(client, Export([], Call(1, 0, 1, 1), Call(2, 0, 100_000, 1)));
        var partial = JsonNode.Parse(answer)!["partialSuccess"]!;
        Assert.Equal("1", (string)partial["rejectedSpans"]!);
        Assert.StartsWith(
            "1 span taken as costs. 1 span rejected: the call costs more than",
            (string)partial["errorMessage"]!,
            StringComparison.Ordinal
        );
        Assert.Single((await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Thousands_of_calls_in_one_request_are_all_stored()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var calls = Enumerable.Range(1, 5_000).Select(id => Call(id, 0, 2, 1)).ToArray();
        Assert.Equal("{}", await TakeAsync(client, Export([], calls)));
        Assert.Equal(5_000, (int)(await client.GetJsonAsync("/api/v1/costs?granularity=total"))["items"]![0]!["event_count"]!);
    }

    [Fact]
    public async Task A_full_queue_is_a_status_that_says_when_to_come_back()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        app.Services.GetRequiredService<IngestQueue>().Close();
        using var response = await client.PostAsync("/v1/traces", Http.Json(Export([], Call(1, 0, 1, 1)).ToJsonString()));
        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Equal(8, (int)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!);
    }
}
