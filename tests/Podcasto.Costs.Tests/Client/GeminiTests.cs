using Podcasto.Costs.Client.Models;

namespace Podcasto.Costs.Tests.Client;

/// <summary>Answers of Gemini's REST interface, as they are and as they should not be.</summary>
public sealed class GeminiTests
{
    private const string Speech = """
        {"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"audio/L16","data":"AAAA"}}]},"finishReason":"STOP"}],
         "usageMetadata":{"promptTokenCount":440,"candidatesTokenCount":7600,"totalTokenCount":8140,"cachedContentTokenCount":128,"thoughtsTokenCount":100,
          "promptTokensDetails":[{"modality":"TEXT","tokenCount":440}],"cacheTokensDetails":[{"modality":"TEXT","tokenCount":128}],
          "candidatesTokensDetails":[{"modality":"AUDIO","tokenCount":7600}]},
         "modelVersion":"gemini-2.5-flash-preview-tts","responseId":"x"}
        """;

    [Fact]
    public void Tokens_are_told_apart_by_kind_and_modality()
    {
        var tracker = new RecordingTracker();
        var usage = tracker.TrackGemini(Speech)!;
        Assert.Equal((440L, 7_700L, 128L, 100L), (usage.InputTokens, usage.OutputTokens, usage.CachedInputTokens, usage.ReasoningTokens));
        Assert.Equal(7_600, usage.OutputByModality!["audio"]);
        var tracked = Assert.Single(tracker.All);
        Assert.Equal(("gemini_tts", 8_140m, "tokens"), (tracked.Service, tracked.Quantity, tracked.Unit));
        Assert.Equal(
            """{"model":"gemini-2.5-flash-preview-tts","input_tokens":440,"output_tokens":7700,"cached_input_tokens":128,"reasoning_tokens":100,"input_tokens_by_modality":{"text":440},"output_tokens_by_modality":{"audio":7600},"cached_input_tokens_by_modality":{"text":128}}""",
            tracked.Metadata!.ToJsonString()
        );
    }

    [Fact]
    public void The_last_counts_of_a_stream_stand()
    {
        const string Stream = """
            [{"usageMetadata":{"promptTokenCount":10,"totalTokenCount":10}},
             {"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":32,"totalTokenCount":42}},{"candidates":[]}]
            """;
        var tracker = new RecordingTracker();
        Assert.Equal(32, tracker.TrackGemini(Stream, "gemini-2.5-pro")!.OutputTokens);
        Assert.Equal("gemini_text gemini-2.5-pro", $"{tracker.All[0].Service} {tracker.All[0].Metadata!["model"]}");
    }

    [Fact]
    public void A_version_behind_the_model_that_was_asked_is_not_charged()
    {
        const string Answer =
            """{"usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":3,"toolUsePromptTokenCount":5},"modelVersion":"gemini-2.0-flash-001"}""";
        var tracker = new RecordingTracker();
        Assert.Equal(13, tracker.TrackGemini(Answer, "gemini-2.0-flash")!.InputTokens);
        tracker.TrackGemini(Answer);
        Assert.Equal(["gemini-2.0-flash", "gemini-2.0-flash-001"], tracker.All.Select(tracked => (string)tracked.Metadata!["model"]!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"usageMetadata\":")]
    [InlineData("{\"usageMetadata\":[1]}")]
    [InlineData("[[[]]]")]
    [InlineData("{\"error\":{\"code\":429}}")]
    [InlineData("{\"usageMetadata\":{\"promptTokenCount\":1},\"modelVersion\":\"\\ud800\"}")]
    public void What_says_nothing_of_tokens_is_not_tracked(string json)
    {
        var tracker = new RecordingTracker();
        Assert.Null(tracker.TrackGemini(json));
        Assert.Empty(tracker.All);
    }

    [Fact]
    public void Counts_that_make_no_sense_are_as_if_absent()
    {
        const string Odd =
            """{"usageMetadata":{"promptTokenCount":-1,"candidatesTokenCount":1e99,"thoughtsTokenCount":"7","promptTokensDetails":[7,{"modality":3},{"modality":"TEXT"}]}}""";
        var usage = GeminiUsage.Read(Odd)!;
        Assert.Equal((0L, 0L), (usage.InputTokens, usage.OutputTokens));
        Assert.Null(usage.ReasoningTokens);
        Assert.Null(usage.InputByModality);
    }
}
