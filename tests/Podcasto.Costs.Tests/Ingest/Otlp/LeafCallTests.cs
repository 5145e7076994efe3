using System.Text.Json.Nodes;
using Podcasto.Costs.Server.Ingest.Otlp;
using Podcasto.Costs.Tests.Support;
using static Podcasto.Costs.Tests.Ingest.Otlp.Spans;

namespace Podcasto.Costs.Tests.Ingest.Otlp;

/// <summary>Which spans are calls of models, counted once.</summary>
public sealed class LeafCallTests
{
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
        Assert.Single(memory.Find(Batch(Received(1, parent: 2)), [Received(1, parent: 2)]));
        CallBelow(100, 9);
        Assert.Equal([2UL, 3UL], memory.Find(Batch(Received(2, parent: 3)), []).Select(key => key.SpanId).Order());
        CallBelow(200, 20);
        Assert.Empty(memory.Find(Batch(Received(2, parent: 3)), []));

        void CallBelow(ulong first, ulong count)
        {
            for (var span = first; span < first + count; span++)
                memory.Find(Batch(Received(span, parent: span + 1_000)), [Received(span, parent: span + 1_000)]);
        }

        static SpanBatch Batch(ReceivedSpan span)
        {
            var batch = new SpanBatch();
            batch.Add(span);
            return batch;
        }

        static ReceivedSpan Received(ulong span, ulong parent) =>
            new()
            {
                TraceId = 1,
                SpanId = span,
                ParentId = parent,
                Resource = new(),
            };
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
}
