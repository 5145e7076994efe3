using Microsoft.Extensions.Http.Resilience;
using Podcasto.Costs.Client.Setup;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>A batch is repeated until it is settled, with pauses that grow and vary, or as long as the server asks for.</summary>
internal static class RetryPolicy
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(10);

    public static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, PodcastoCostsOptions options, TimeProvider clock)
    {
        var retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.FirstRetryDelay,
            MaxDelay = options.MaxRetryDelay,
            ShouldRetryAfterHeader = false,
            DelayGenerator = attempt => ValueTask.FromResult(RetryAfter(attempt, clock)),
            ShouldHandle = attempt => ValueTask.FromResult(ShouldRepeat(attempt.Outcome)),
        };
        pipeline.AddRetry(retry).AddTimeout(new HttpTimeoutStrategyOptions { Timeout = options.RequestTimeout });
    }

    private static bool ShouldRepeat(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } response
            ? !AcknowledgementHandler.Settles(response)
            : outcome.Exception is HttpRequestException or IOException or TimeoutRejectedException;

    // Null: the usual pause.
    private static TimeSpan? RetryAfter(RetryDelayGeneratorArguments<HttpResponseMessage> attempt, TimeProvider clock)
    {
        var header = attempt.Outcome.Result?.Headers.RetryAfter;
        var pause = header?.Delta ?? (header?.Date - clock.GetUtcNow());
        return pause is not { } wanted || wanted < TimeSpan.Zero ? null
            : wanted > LongestRetryAfter ? LongestRetryAfter
            : wanted;
    }
}
