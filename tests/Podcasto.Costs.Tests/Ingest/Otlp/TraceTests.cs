using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Server.Ingest;
using Podcasto.Costs.Server.Ingest.Otlp;
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
    public async Task Only_the_calls_that_reach_a_model_are_counted()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var server = Call(8, 3, 20, 2);
        server["kind"] = "SPAN_KIND_SERVER";
        var failed = Span(9, 1, ("gen_ai.provider.name", "gcp.gemini"), ("gen_ai.operation.name", "chat"), ("error.type", "timeout"));
        var answer = await TakeAsync(
            client,
            Export(
                [],
                // An agent, a chain and a tool around it all, with the totals of all.
                Call(1, 0, 1000, 1000, ("gen_ai.operation.name", "invoke_agent")),
                // A wrapper that repeats what the call behind an HTTP request tells, whether it comes first or last.
                Call(2, 1, 20, 2),
                Span(4, 2, ("http.request.method", "POST")),
                Call(3, 4, 20, 2),
                Span(5, 1, ("gen_ai.operation.name", "execute_tool"), ("gen_ai.usage.input_tokens", 5)),
                Span(6, 1, ("traceloop.span.kind", "workflow"), ("gen_ai.usage.prompt_tokens", 5)),
                Span(7, 1, ("openinference.span.kind", "CHAIN"), ("llm.token_count.total", 5)),
                server,
                failed
            )
        );
        var stored = (await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray();
        Assert.Equal(Hex(3), (string)Assert.Single(stored)!["metadata"]!["span_id"]!);
        var partial = JsonNode.Parse(answer)!["partialSuccess"]!;
        Assert.Equal("0", (string)partial["rejectedSpans"]!);
        Assert.Equal(
            "1 span taken as costs. 1 span not counted: the model calls below tell the same tokens. 7 spans ignored: no model call, or one without cost.",
            (string)partial["errorMessage"]!
        );
    }

    [Fact]
    public async Task What_repeats_tokens_in_a_later_request_than_its_calls_is_not_counted()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        // As an exporter sends them that sends each span at its end; between the call and the wrappers lies something else.
        Assert.Equal("{}", await TakeAsync(client, Export([], Call(4, 3, 20, 2))));
        await TakeAsync(client, Export([], Span(3, 2, ("http.request.method", "POST"))));
        Assert.Contains("1 span not counted", await TakeAsync(client, Export([], Call(2, 1, 20, 2))), StringComparison.Ordinal);
        Assert.Contains("1 span not counted", await TakeAsync(client, Export([], Call(1, 0, 20, 2))), StringComparison.Ordinal);
        // Another trace is another matter.
        var other = Call(2, 1, 20, 2);
        other["traceId"] = Trace.Replace('5', '6');
        Assert.Equal("{}", await TakeAsync(client, Export([], other)));
        Assert.Equal(2, (await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray().Count);
    }

    [Fact]
    public void Of_spans_above_calls_only_the_latest_are_remembered()
    {
        var memory = new SpansAbove(10);
        Assert.Single(
            memory.Find(
                Batch(span: 1, parent: 2),
                [
                    new ReceivedSpan
                    {
                        TraceId = 1,
                        SpanId = 1,
                        Resource = new(),
                    },
                ]
            )
        );
        for (ulong span = 100; span < 109; span++)
            memory.Find(
                Batch(span, parent: span + 1_000),
                [
                    new ReceivedSpan
                    {
                        TraceId = 1,
                        SpanId = span,
                        Resource = new(),
                    },
                ]
            );
        Assert.Equal([2UL, 3UL], memory.Find(Batch(span: 2, parent: 3), []).Select(key => key.SpanId).Order());
        for (ulong span = 200; span < 220; span++)
            memory.Find(
                Batch(span, parent: span + 1_000),
                [
                    new ReceivedSpan
                    {
                        TraceId = 1,
                        SpanId = span,
                        Resource = new(),
                    },
                ]
            );
        Assert.Empty(memory.Find(Batch(span: 2, parent: 3), []));

        static SpanBatch Batch(ulong span, ulong parent)
        {
            var batch = new SpanBatch();
            batch.Add(
                new ReceivedSpan
                {
                    TraceId = 1,
                    SpanId = span,
                    ParentId = parent,
                    Resource = new(),
                }
            );
            return batch;
        }
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

    [Theory]
    [InlineData("gemini_tts", "gcp.gemini", "generate_content", "gen_ai.output.type=speech")]
    [InlineData("gemini_image", "gcp.vertex_ai", "generate_content", "gen_ai.output.type=image")]
    [InlineData("gemini_tts", "gcp.gen_ai", "generate_content", "gen_ai.request.model=gemini-2.5-flash-preview-tts")]
    [InlineData("gemini_embeddings", "gemini", "embeddings", "")]
    [InlineData("gemini_text", "vertex_ai", "chat", "gen_ai.output.type=json")]
    [InlineData("gemini_text", "Google", "text_completion", "")]
    [InlineData("openai_text", "OpenAI", "chat", "")]
    [InlineData("gemini_text", "google.vertex.chat", "chat", "")]
    [InlineData("gemini_text", "google-gla", "chat", "")]
    [InlineData("google.vertex.anthropic.messages_text", "google.vertex.anthropic.messages", "chat", "")]
    [InlineData("azure.ai.openai_embeddings", "azure.ai.openai", "embeddings", "")]
    [InlineData("my_model_text", "My Model", "something_new", "")]
    public async Task The_service_is_made_of_provider_and_operation(string service, string provider, string operation, string more)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        List<(string, object)> attributes = more.Split('=') is [var name, var value] ? [(name, value)] : [];
        var span = Span(1, 0, [("gen_ai.system", provider), ("gen_ai.operation.name", operation), ("gen_ai.usage.prompt_tokens", 3), .. attributes]);
        Assert.Equal("{}", await TakeAsync(client, Export([], span)));
        Assert.Equal(service, (string)(await client.GetJsonAsync("/api/v1/events"))["items"]![0]!["service"]!);
    }

    [Theory]
    [InlineData("cached_input_tokens", "gen_ai.usage.cache_read.input_tokens")]
    [InlineData("cached_input_tokens", "gen_ai.usage.cached_input_tokens")]
    [InlineData("cached_input_tokens", "gen_ai.usage.cached_tokens")]
    [InlineData("cached_input_tokens", "gen_ai.usage.details.cache_read_tokens")]
    [InlineData("cached_input_tokens", "llm.token_count.prompt_details.cache_read")]
    [InlineData("cache_write_tokens", "gen_ai.usage.details.cache_write_tokens")]
    [InlineData("reasoning_tokens", "gen_ai.usage.output_tokens.reasoning")]
    [InlineData("reasoning_tokens", "gen_ai.usage.details.reasoning_tokens")]
    public async Task Kinds_of_tokens_are_known_by_the_names_that_tracers_use(string field, string name)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        Assert.Equal("{}", await TakeAsync(client, Export([], Call(1, 0, 20, 2, (name, 7)))));
        Assert.Equal(7, (int)(await client.GetJsonAsync("/api/v1/events"))["items"]![0]!["metadata"]![field]!);
    }

    [Fact]
    public async Task Who_is_charged_is_said_by_the_span_before_its_baggage_and_its_process()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var resource = Attributes(("podcasto.podcast_id", Podcast), ("podcasto.episode_id", Podcast));
        await TakeAsync(
            client,
            Export(
                resource,
                Call(1, 0, 20, 2, ("baggage.podcasto.episode_id", Podcast), ("podcasto.episode_id", Episode)),
                Call(2, 0, 20, 2, ("baggage.podcasto.episode_id", Episode), ("baggage.podcasto.podcast_id", Episode)),
                Call(3, 0, 20, 2)
            )
        );
        var stored = (await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray();
        Assert.Equal(
            [(Episode, Podcast), (Episode, Episode), (Podcast, Podcast)],
            stored
                .OrderBy(item => (string)item!["metadata"]!["span_id"]!, StringComparer.Ordinal)
                .Select(item => ((string)item!["episode_id"]!, (string)item["podcast_id"]!))
        );
    }

    [Theory]
    [InlineData("SPAN_KIND_INTERNAL", 1)]
    [InlineData("SPAN_KIND_CLIENT", 1)]
    [InlineData("SPAN_KIND_UNSPECIFIED", 1)]
    [InlineData("SPAN_KIND_SERVER", 0)]
    [InlineData("SPAN_KIND_PRODUCER", 0)]
    [InlineData("SPAN_KIND_CONSUMER", 0)]
    public async Task A_call_is_counted_where_it_is_made(string kind, int events)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var call = Call(1, 0, 20, 2);
        call["kind"] = kind;
        await TakeAsync(client, Export([], call));
        Assert.Equal(events, (await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("gemini-2.5-flash", "models/gemini-2.5-flash", "gemini-2.5-flash-001")]
    [InlineData("gemini-2.5-flash", "gemini-flash-latest", "gemini-2.5-flash")]
    [InlineData("gpt-4o", "gpt-4o", "gpt-4o-2024-08-06")]
    [InlineData("gpt-4o-mini", "gpt-4o", "gpt-4o-mini")]
    [InlineData("claude-opus-4-1", "claude-opus-4", "claude-opus-4-1")]
    [InlineData("claude-sonnet-4", "claude-sonnet-4", "claude-sonnet-4@20250514")]
    [InlineData("asked", "asked", null)]
    [InlineData("answered", null, "answered")]
    [InlineData(null, null, null)]
    public async Task A_call_is_charged_by_the_model_that_answered_without_its_date(string? charged, string? asked, string? answered)
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        List<(string, object)> models = [];
        if (asked is not null)
            models.Add(("gen_ai.request.model", asked));
        if (answered is not null)
            models.Add(("gen_ai.response.model", answered));
        await TakeAsync(client, Export([], Span(1, 0, [("gen_ai.system", "x"), ("gen_ai.usage.input_tokens", 3), .. models])));
        var metadata = (await client.GetJsonAsync("/api/v1/events"))["items"]![0]!["metadata"]!;
        Assert.Equal(charged, (string?)metadata["model"]);
        Assert.Equal(answered == charged ? null : answered, (string?)metadata["response_model"]);
    }

    [Fact]
    public async Task Older_and_other_names_tell_the_same_and_the_newest_counts()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var answer = await TakeAsync(
            client,
            Export(
                [],
                Span(
                    1,
                    0,
                    ("gen_ai.usage.prompt_tokens", 1),
                    ("gen_ai.usage.input_tokens", 10),
                    ("gen_ai.system", "openai"),
                    ("gen_ai.usage.completion_tokens", 100)
                ),
                Span(
                    2,
                    0,
                    ("openinference.span.kind", "LLM"),
                    ("llm.provider", "openai"),
                    ("llm.token_count.prompt", 2),
                    ("llm.token_count.completion", 20)
                ),
                Span(3, 0, ("llm.request.type", "chat"), ("gen_ai.system", "openai"), ("llm.usage.total_tokens", 3))
            )
        );
        Assert.Equal("{}", answer);
        var stored = (await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray();
        Assert.Equal(["110", "22", "3"], stored.OrderBy(item => (string)item!["metadata"]!["span_id"]!).Select(item => (string)item!["quantity"]!));
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

    private static async Task<string> TakeAsync(HttpClient client, JsonObject export)
    {
        using var response = await client.PostAsync("/v1/traces", Http.Json(export.ToJsonString()));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, text);
        return text;
    }
}
