using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;

namespace Podcasto.Costs.Cli.Http;

/// <summary>Tries a request again while the server is busy or away, after the pause that it asks for.</summary>
internal sealed class Retries(Patience patience, TimeProvider clock, Action<string> tell)
{
    // Starts anew with each request: every one has the whole patience.
    private static readonly ResiliencePropertyKey<long> Start = new("start");

    public DelegatingHandler Around(HttpMessageHandler inner)
    {
        var retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(250),
            MaxDelay = TimeSpan.FromSeconds(10),
            ShouldRetryAfterHeader = false,
            DelayGenerator = attempt => ValueTask.FromResult(Asked(attempt.Outcome.Result)),
            ShouldHandle = attempt => ValueTask.FromResult(ShouldRepeat(attempt)),
            OnRetry = attempt =>
            {
                tell($"{Reason(attempt.Outcome)}; trying again in {Seconds(attempt.RetryDelay)}");
                return ValueTask.CompletedTask;
            },
        };
        return new ResilienceHandler(new ResiliencePipelineBuilder<HttpResponseMessage>().AddRetry(retry).Build()) { InnerHandler = inner };
    }

    private bool ShouldRepeat(RetryPredicateArguments<HttpResponseMessage> attempt)
    {
        var properties = attempt.Context.Properties;
        if (!properties.TryGetValue(Start, out var start))
            properties.Set(Start, start = Stopwatch.GetTimestamp());
        var spent = Stopwatch.GetElapsedTime(start);
        return attempt.Outcome switch
        {
            { Result: { StatusCode: HttpStatusCode.TooManyRequests } busy } => spent + (Asked(busy) ?? TimeSpan.Zero) < patience.Busy,
            { Result: { StatusCode: HttpStatusCode.ServiceUnavailable } away } when IsRepeatable(away.RequestMessage!) => spent
                + (Asked(away) ?? TimeSpan.Zero)
                < patience.Busy,
            { Exception: HttpRequestException or IOException } => IsRepeatable(attempt.Context.GetRequestMessage()!) && spent < patience.Away,
            _ => false,
        };
    }

    // Events have ids, so that a repeat is harmless; another POST may have been done when its answer was lost.
    private static bool IsRepeatable(HttpRequestMessage request) =>
        request.Method != HttpMethod.Post || request.RequestUri!.AbsolutePath.EndsWith("/api/v1/events", StringComparison.Ordinal);

    private TimeSpan? Asked(HttpResponseMessage? response)
    {
        var header = response?.Headers.RetryAfter;
        var pause = header?.Delta ?? (header?.Date - clock.GetUtcNow());
        return pause >= TimeSpan.Zero ? pause : null;
    }

    private static string Reason(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result?.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => "The server is busy",
            null => $"The server cannot be reached ({outcome.Exception!.Message})",
            _ => "The server is not ready",
        };

    private static string Seconds(TimeSpan pause) => pause.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";
}
