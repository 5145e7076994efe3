using Podcasto.Costs.Client.Lambda;
using Podcasto.Costs.Client.Tracking;

namespace Podcasto.Costs.Client;

/// <summary>Tracks runs of AWS Lambda functions, whatever runtime calls them.</summary>
public static class CostTracking
{
    /// <summary>
    /// Runs a handler and tracks what its run costs: GB-seconds by the function's memory and the time that the handler took, rounded up to a
    /// millisecond as Lambda bills it, and the request. Then sends all that waits, before Lambda freezes the process. What the handler throws
    /// is thrown on; tracking throws nothing of its own. Outside of Lambda the handler just runs.
    /// </summary>
    /// <param name="tracker">Takes the events.</param>
    /// <param name="handler">The work of one invocation; it may say what its cost is charged to.</param>
    /// <param name="options">By default the environment that Lambda gives says it all.</param>
    /// <returns>What the handler returns.</returns>
    public static async Task<T> RunLambdaAsync<T>(ICostTracker tracker, Func<LambdaRun, Task<T>> handler, LambdaCostOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        ArgumentNullException.ThrowIfNull(handler);
        options ??= new LambdaCostOptions();
        var run = new LambdaRun(options);
        try
        {
            return await handler(run);
        }
        catch (Exception exception)
        {
            run.Error = exception.GetType().Name;
            throw;
        }
        finally
        {
            run.Track(tracker);
            await FlushAsync(tracker, options.FlushTimeout);
        }
    }

    /// <inheritdoc cref="RunLambdaAsync{T}(ICostTracker, Func{LambdaRun, Task{T}}, LambdaCostOptions?)" />
    public static Task<T> RunLambdaAsync<T>(ICostTracker tracker, Func<Task<T>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return RunLambdaAsync(tracker, _ => handler(), null);
    }

    /// <inheritdoc cref="RunLambdaAsync{T}(ICostTracker, Func{LambdaRun, Task{T}}, LambdaCostOptions?)" />
    public static async Task RunLambdaAsync(ICostTracker tracker, Func<Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        await RunLambdaAsync(
            tracker,
            async _ =>
            {
                await handler();
                return true;
            },
            null
        );
    }

    private static async Task FlushAsync(ICostTracker tracker, TimeSpan atMost)
    {
        try
        {
            using var timeout = new CancellationTokenSource(atMost);
            await tracker.FlushAsync(timeout.Token);
        }
        catch (Exception)
        {
            // A tracker of somebody else's; the handler's work is done all the same.
        }
    }
}
