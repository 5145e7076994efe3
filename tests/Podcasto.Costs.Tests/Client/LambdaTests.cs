using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Lambda;

namespace Podcasto.Costs.Tests.Client;

/// <summary>What an invocation costs, and that it is sent before the freeze.</summary>
public sealed class LambdaTests
{
    private static readonly LambdaCostOptions Function = new()
    {
        FunctionName = "Podcasto-audio:9",
        MemoryMb = 1_769,
        Region = "eu-west-1",
    };

    [Fact]
    public async Task A_run_is_GB_seconds_and_a_request_and_is_flushed()
    {
        var tracker = new RecordingTracker();
        var episode = Guid.CreateVersion7();
        var answer = await CostTracking.RunLambdaAsync(
            tracker,
            async run =>
            {
                run.EpisodeId = episode;
                await Task.Delay(50);
                return "done";
            },
            Function
        );
        Assert.Equal(("done", 1), (answer, tracker.Flushes));
        var (time, request) = (tracker.All[0], tracker.All[1]);
        var duration = (long)time.Metadata!["duration_ms"]!;
        Assert.InRange(duration, 49, 5_000);
        Assert.Equal(Math.Round(1_769m * duration / 1024 / 1000, 9), time.Quantity);
        Assert.Equal(("lambda_execution", "lambda_podcasto-audio_9", "gb_seconds"), (time.EventType, time.Service, time.Unit));
        Assert.Equal(("lambda_podcasto-audio_9", 1m, "requests"), (request.Service, request.Quantity, request.Unit));
        Assert.Null(request.Metadata!["duration_ms"]);
        Assert.All([time, request], tracked => Assert.Equal("eu-west-1", (string)tracked.Metadata!["region"]!));
        Assert.All([time, request], tracked => Assert.Equal(episode, tracked.EpisodeId));
    }

    [Fact]
    public async Task A_run_that_fails_costs_too_and_fails_as_it_did()
    {
        var tracker = new RecordingTracker();
        await Assert.ThrowsAsync<TimeoutException>(() => CostTracking.RunLambdaAsync<int>(tracker, _ => throw new TimeoutException(), Function));
        Assert.Equal(["failed", "failed"], tracker.All.Select(tracked => (string)tracked.Metadata!["status"]!));
        Assert.Equal(1, tracker.Flushes);
    }

    [Fact]
    public async Task A_broken_tracker_changes_no_outcome()
    {
        var broken = new RecordingTracker { IsBroken = true };
        Assert.Equal(7, await CostTracking.RunLambdaAsync(broken, _ => Task.FromResult(7), Function));
        await Assert.ThrowsAsync<TimeoutException>(() => CostTracking.RunLambdaAsync<int>(broken, _ => throw new TimeoutException(), Function));
    }

    [Fact]
    public async Task Outside_of_Lambda_the_handler_just_runs()
    {
        var tracker = new RecordingTracker();
        var ran = false;
        await CostTracking.RunLambdaAsync(
            tracker,
            () =>
            {
                ran = true;
                return Task.CompletedTask;
            }
        );
        Assert.True(ran);
        Assert.Empty(tracker.All);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9_999, 1)]
    [InlineData(10_000, 1)]
    [InlineData(10_001, 2)]
    [InlineData(1_234_567, 124)]
    public void Each_started_millisecond_is_billed(long ticks, long milliseconds) =>
        Assert.Equal(milliseconds, LambdaRun.BilledMs(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void A_service_is_a_slug_of_at_most_64_characters() =>
        Assert.Equal("lambda_" + new string('a', 57), LambdaRun.ServiceOf(new string('A', 100)));
}
