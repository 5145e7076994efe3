using Podcasto.Costs.Tests.Support;
using static Podcasto.Costs.Tests.Ingest.Otlp.Spans;

namespace Podcasto.Costs.Tests.Ingest.Otlp;

/// <summary>What attributes mean, by all the names that tracers give them.</summary>
public sealed class SpanNameTests
{
    private const string Episode = "0198d0c6-0000-7000-8000-0000000000e1";
    private const string Podcast = "0198d0c6-0000-7000-8000-0000000000d1";

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
    [InlineData("gcp.vertex_ai_text", "gcp.vertex_ai", "chat", "gen_ai.request.model=claude-sonnet-4@20250514")]
    [InlineData("openai_tts", "openai", "text_to_speech", "")]
    [InlineData("openai_image", "openai", "image_generation", "")]
    [InlineData("openai_text", "openai", "speech", "gen_ai.output.type=text")]
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
    [InlineData("cached_input_tokens", "gen_ai.usage.details.cached_content_tokens")]
    [InlineData("cached_input_tokens", "ai.usage.cachedInputTokens")]
    [InlineData("cached_input_tokens", "llm.token_count.prompt_details.cache_read")]
    [InlineData("cache_write_tokens", "gen_ai.usage.details.cache_write_tokens")]
    [InlineData("reasoning_tokens", "gen_ai.usage.output_tokens.reasoning")]
    [InlineData("reasoning_tokens", "gen_ai.usage.details.reasoning_tokens")]
    [InlineData("reasoning_tokens", "gen_ai.usage.details.thoughts_tokens")]
    [InlineData("reasoning_tokens", "ai.usage.reasoningTokens")]
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
                Call(3, 0, 20, 2),
                Call(4, 0, 20, 2, ("ai.telemetry.metadata.podcasto.episode_id", Episode)),
                Call(5, 0, 20, 2, ("traceloop.association.properties.podcasto.podcast_id", Episode))
            )
        );
        var stored = (await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray();
        Assert.Equal(
            [(Episode, Podcast), (Episode, Episode), (Podcast, Podcast), (Episode, Podcast), (Podcast, Episode)],
            stored
                .OrderBy(item => (string)item!["metadata"]!["span_id"]!, StringComparer.Ordinal)
                .Select(item => ((string)item!["episode_id"]!, (string)item["podcast_id"]!))
        );
    }

    [Theory]
    [InlineData("gemini-2.5-flash", "models/gemini-2.5-flash", "gemini-2.5-flash-001")]
    [InlineData("gemini-2.5-flash", "publishers/google/models/gemini-2.5-flash", null)]
    [InlineData("gemini-2.5-flash", "projects/p/locations/l/publishers/google/models/gemini-2.5-flash", "gemini-2.5-flash")]
    [InlineData("own/models/m", "own/models/m", null)]
    [InlineData("gemini-2.5-flash", "gemini-flash-latest", "gemini-2.5-flash")]
    [InlineData("gpt-4o", "gpt-4o", "gpt-4o-2024-08-06")]
    [InlineData("gpt-4o-mini", "gpt-4o", "gpt-4o-mini")]
    [InlineData("claude-opus-4-1", "claude-opus-4", "claude-opus-4-1")]
    [InlineData("claude-sonnet-4", "claude-sonnet-4", "claude-sonnet-4@20250514")]
    [InlineData("asked", "asked", null)]
    [InlineData("asked", "asked", "none")]
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
        Assert.Equal(answered == charged || answered == "none" ? null : answered, (string?)metadata["response_model"]);
    }

    [Fact]
    public async Task Embeddings_of_the_AI_SDK_are_told_by_names_of_its_own()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        (string, object)[] names = [("ai.model.provider", "google.generative-ai"), ("ai.model.id", "text-embedding-004"), ("ai.usage.tokens", 9)];
        await TakeAsync(
            client,
            Export([], Span(2, 1, [("ai.operationId", "ai.embed.doEmbed"), .. names]), Span(1, 0, [("ai.operationId", "ai.embed"), .. names]))
        );
        var only = Assert.Single((await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray())!;
        Assert.Equal(("gemini_embeddings", "9"), ((string)only["service"]!, (string)only["quantity"]!));
        Assert.Equal("text-embedding-004", (string)only["metadata"]!["model"]!);
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
                Span(3, 0, ("llm.request.type", "chat"), ("gen_ai.system", "openai"), ("llm.usage.total_tokens", 3)),
                Span(
                    4,
                    0,
                    ("gen_ai.operation.name", "chat.completions"),
                    ("gen_ai.system", "openai"),
                    ("gen_ai.response.prompt_tokens", 4),
                    ("gen_ai.response.completion_tokens", 40)
                )
            )
        );
        Assert.Equal("{}", answer);
        var stored = (await client.GetJsonAsync("/api/v1/events"))["items"]!.AsArray();
        Assert.Equal(
            ["110", "22", "3", "44"],
            stored.OrderBy(item => (string)item!["metadata"]!["span_id"]!).Select(item => (string)item!["quantity"]!)
        );
    }
}
