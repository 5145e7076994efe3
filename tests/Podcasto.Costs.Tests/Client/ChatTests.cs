using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Podcasto.Costs.Client.AI;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Tests.Client;

/// <summary>A fake model behind the real middleware: an event a call, whatever becomes of it.</summary>
public sealed class ChatTests
{
    private static readonly UsageDetails Usage = new()
    {
        InputTokenCount = 800,
        OutputTokenCount = 250,
        TotalTokenCount = 1_050,
        CachedInputTokenCount = 300,
        ReasoningTokenCount = 50,
    };

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_call_is_an_event_with_its_tokens(bool streaming)
    {
        var tracker = new RecordingTracker();
        using var client = Client(new FakeModel { Usage = Usage }, tracker);
        var text = streaming ? await StreamAsync(client) : (await client.GetResponseAsync("Hello")).Text;
        Assert.Equal("one two", text);
        var tracked = Assert.Single(tracker.All);
        Assert.Equal(("ai_api_call", "gemini_text", 1_050m, "tokens"), (tracked.EventType, tracked.Service, tracked.Quantity, tracked.Unit));
        Assert.Equal(
            "gemini-2.5-flash 800 250 300 50",
            Words(tracked, "model", "input_tokens", "output_tokens", "cached_input_tokens", "reasoning_tokens")
        );
        Assert.Null(tracked.Metadata!["status"]);
    }

    [Theory]
    [InlineData(null, "gemini-2.5-flash-001", "gemini-2.5-flash")]
    [InlineData("gemini-flash-latest", "gemini-2.5-pro", "gemini-2.5-pro")]
    public async Task A_call_is_charged_by_the_model_that_answered_without_its_version(string? asked, string answered, string charged)
    {
        var tracker = new RecordingTracker();
        using var client = Client(new FakeModel { Usage = Usage, Answered = answered }, tracker);
        await client.GetResponseAsync("Hello", new ChatOptions { ModelId = asked });
        Assert.Equal(charged, Words(Assert.Single(tracker.All), "model"));
    }

    [Fact]
    public async Task A_stream_that_tells_its_tokens_in_parts_is_added_up()
    {
        var tracker = new RecordingTracker();
        using var client = Client(new FakeModel { Usage = Usage, Parts = 3 }, tracker);
        await StreamAsync(client);
        Assert.Equal(3 * 1_050m, Assert.Single(tracker.All).Quantity);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Failures_and_retries_are_events_of_their_own(bool streaming)
    {
        var tracker = new RecordingTracker();
        var model = new FakeModel { Usage = Usage, Failures = 2 };
        using var client = Client(model, tracker);
        List<ChatMessage> messages = [new(ChatRole.User, "Hello")];
        for (var attempt = 1; attempt <= 2; attempt++)
            await Assert.ThrowsAsync<HttpRequestException>(() => streaming ? StreamAsync(client, messages) : client.GetResponseAsync(messages));
        await (streaming ? StreamAsync(client, messages) : (Task)client.GetResponseAsync(messages));
        await client.GetResponseAsync(messages);
        Assert.Equal(model.Calls, tracker.All.Count);
        Assert.Equal(
            ["failed HttpRequestException  0", "failed HttpRequestException 2 0", "  3 1050", "   1050"],
            tracker.All.Select(tracked => $"{Words(tracked, "status", "error", "attempt")} {tracked.Quantity}")
        );
    }

    [Fact]
    public async Task A_stream_that_its_reader_leaves_is_abandoned()
    {
        var tracker = new RecordingTracker();
        using var client = Client(new FakeModel { Usage = Usage }, tracker);
        await foreach (var _ in client.GetStreamingResponseAsync("Hello"))
            break;
        Assert.Equal("abandoned", (string)Assert.Single(tracker.All).Metadata!["status"]!);
    }

    [Theory]
    [InlineData("openai", "audio/wav", "openai_tts")]
    [InlineData("gcp.gemini", "image/png", "gemini_image")]
    [InlineData("google-genai", "text/plain", "gemini_text")]
    [InlineData("GoogleGemini", "audio/L16", "gemini_tts")]
    [InlineData("Azure AI/Inference", "text/plain", "azure_ai_inference_text")]
    [InlineData(null, "text/plain", "ai_text")]
    public async Task The_service_follows_from_the_provider_and_from_what_it_answers(string? provider, string mediaType, string service)
    {
        var tracker = new RecordingTracker();
        using var client = Client(new FakeModel { Provider = provider, MediaType = mediaType }, tracker);
        await client.GetResponseAsync("Hello");
        await StreamAsync(client);
        Assert.Equal([service, service], tracker.All.Select(tracked => tracked.Service));
        Assert.All(tracker.All, tracked => Assert.Equal("unknown", (string)tracked.Metadata!["usage"]!));
        using var named = new FakeModel().AsBuilder().UseCostTracking(tracker, new ChatCostOptions { Service = "narrator_tts" }).Build();
        await named.GetResponseAsync("Hello");
        Assert.Equal("narrator_tts", tracker.All[^1].Service);
    }

    [Fact]
    public async Task A_broken_tracker_is_not_the_callers_trouble()
    {
        using var client = Client(new FakeModel { Usage = Usage }, new RecordingTracker { IsBroken = true });
        Assert.Equal("one two", (await client.GetResponseAsync("Hello")).Text);
        Assert.Equal("one two", await StreamAsync(client));
        using var broken = Client(new FakeModel { Metadata = () => throw new InvalidOperationException("A broken model.") }, new RecordingTracker());
        Assert.Equal("one two", (await broken.GetResponseAsync("Hello")).Text);
    }

    private static string Words(NewEvent tracked, params string[] names) =>
        string.Join(' ', names.Select(name => tracked.Metadata![name]?.ToString()));

    private static IChatClient Client(FakeModel model, RecordingTracker tracker) => model.AsBuilder().UseCostTracking(tracker).Build();

    private static async Task<string> StreamAsync(IChatClient client, List<ChatMessage>? messages = null)
    {
        var text = "";
        await foreach (var update in client.GetStreamingResponseAsync(messages ?? [new(ChatRole.User, "Hello")]))
            text += update.Text;
        return text;
    }

    private sealed class FakeModel : IChatClient
    {
        public int Calls { get; private set; }

        public int Failures { get; init; }

        public int Parts { get; init; } = 1;

        public string Answered { get; init; } = "gemini-2.5-flash";

        public UsageDetails? Usage { get; init; }

        public string? Provider { get; init; } = "gcp.gemini";

        public string MediaType { get; init; } = "text/plain";

        public Func<ChatClientMetadata>? Metadata { get; init; }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            Fail();
            var message = new ChatMessage(ChatRole.Assistant, [new TextContent("one two"), new DataContent(new byte[3], MediaType)]);
            return Task.FromResult(new ChatResponse(message) { ModelId = Answered, Usage = Usage });
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default
        )
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "one ") { ModelId = Answered };
            Fail();
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("two"), new DataContent(new byte[3], MediaType)]);
            for (var part = 0; part < Parts && Usage is not null; part++)
                yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Usage)]);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType != typeof(ChatClientMetadata) ? null
            : Metadata is not null ? Metadata()
            : new ChatClientMetadata(Provider, null, "gemini-2.5-flash");

        public void Dispose() { }

        private void Fail()
        {
            if (++Calls <= Failures)
                throw new HttpRequestException("The model is overloaded.");
        }
    }
}
