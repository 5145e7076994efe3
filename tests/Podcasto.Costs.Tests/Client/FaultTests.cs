using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Tests.Client;

/// <summary>Whatever the server does, the caller sees nothing of it, and what the server did not settle is sent again with the same ids.</summary>
public sealed class FaultTests
{
    private const int Events = 250;

    [Theory]
    [InlineData("500")]
    [InlineData("401")]
    [InlineData("404")]
    [InlineData("503")]
    [InlineData("garbage with status 200")]
    [InlineData("a page with status 400")]
    [InlineData("the receipt of other events")]
    [InlineData("closing before the answer")]
    [InlineData("closing mid-answer")]
    [InlineData("an endless answer")]
    [InlineData("stored, but never said so")]
    public async Task Events_arrive_once_through(string fault)
    {
        await using var ledger = await FakeLedger.StartAsync();
        ledger.Misbehaviour = async (number, context, events) => number % 3 != 0 && await MisbehaveAsync(fault, ledger, context, events);
        await using var services = Trackers.Services(ledger.Address, options => options.BatchSize = 100);
        services.Tracker().Track(Events);
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(Events, ledger.Stored.Count);
        Assert.Equal(Events, ledger.Received.Select(sent => (string)sent["id"]!).Distinct().Count());
        Assert.True(ledger.Received.Count > Events, "It was never sent again.");
        Assert.Equal(new TrackerCounts(Events, 0, Events, 0, 0), services.Tracker().Counts);
    }

    private static async Task<bool> MisbehaveAsync(string fault, FakeLedger ledger, HttpContext context, List<JsonObject> events)
    {
        var response = context.Response;
        switch (fault)
        {
            case "garbage with status 200":
                await response.WriteAsync("<html>Welcome to the hotel's network</html>");
                return true;
            case "a page with status 400":
                response.StatusCode = 400;
                await response.WriteAsync("<html>Bad Request</html>");
                return true;
            case "the receipt of other events":
                await response.WriteAsync("""{"accepted":0,"duplicates":0,"unpriced":0,"total_cost_usd":"0"}""");
                return true;
            case "closing before the answer":
                context.Abort();
                return true;
            case "closing mid-answer":
                response.ContentLength = 100;
                await response.WriteAsync("{\"accepted\":");
                await response.Body.FlushAsync();
                context.Abort();
                return true;
            case "an endless answer":
                for (var part = 0; part < 300; part++)
                    await response.WriteAsync(new string(' ', 10_000));
                return true;
            case "stored, but never said so":
                foreach (var sent in events)
                    ledger.Stored.TryAdd(Guid.Parse((string)sent["id"]!), sent);
                context.Abort();
                return true;
            default:
                response.StatusCode = int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture);
                return true;
        }
    }

    [Fact]
    public async Task A_slow_server_is_waited_for_and_asked_once()
    {
        await using var ledger = await FakeLedger.StartAsync();
        ledger.Misbehaviour = async (_, _, _) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(30));
            return false;
        };
        await using var services = Trackers.Services(ledger.Address);
        services.Tracker().Track(1);
        Assert.True(await services.Tracker().FlushedAsync(seconds: 60));
        Assert.Single(ledger.Received);
    }

    [Fact]
    public async Task A_server_that_is_too_slow_is_asked_again()
    {
        await using var ledger = await FakeLedger.StartAsync();
        ledger.Misbehaviour = async (number, context, _) =>
        {
            if (number == 1)
                await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return false;
        };
        await using var services = Trackers.Services(ledger.Address, options => options.RequestTimeout = TimeSpan.FromMilliseconds(300));
        services.Tracker().Track(1);
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(2, ledger.Received.Count);
        Assert.Single(ledger.Stored);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_pause_that_the_server_asks_for_is_kept(int status)
    {
        await using var ledger = await FakeLedger.StartAsync();
        ledger.Misbehaviour = (number, context, _) =>
        {
            if (number != 1)
                return Task.FromResult(false);
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "2";
            return Task.FromResult(true);
        };
        await using var services = Trackers.Services(ledger.Address);
        services.Tracker().Track(1);
        Assert.True(await services.Tracker().FlushedAsync());
        var instants = ledger.Instants.ToList();
        Assert.InRange(Stopwatch.GetElapsedTime(instants[0], instants[1]).TotalSeconds, 1.9, 10);
    }

    [Fact]
    public async Task Pauses_grow_and_vary()
    {
        await using var ledger = await FakeLedger.StartAsync();
        ledger.Misbehaviour = (number, context, _) =>
        {
            context.Response.StatusCode = number <= 8 ? 500 : 200;
            return Task.FromResult(number <= 8);
        };
        await using var services = Trackers.Services(ledger.Address, options => options.MaxRetryDelay = TimeSpan.FromSeconds(10));
        services.Tracker().Track(1);
        Assert.True(await services.Tracker().FlushedAsync());
        var instants = ledger.Instants.ToList();
        var pauses = instants.Zip(instants.Skip(1), (from, to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds).ToList();
        Assert.True(pauses.TakeLast(2).Sum() > 4 * pauses.Take(2).Sum(), string.Join(", ", pauses));
    }

    [Fact]
    public async Task Bad_events_are_set_aside_with_the_reason_and_the_rest_is_sent_again()
    {
        await using var ledger = await FakeLedger.StartAsync();
        var aside = new List<RejectedEvent>();
        ledger.Misbehaviour = (_, context, events) => RefuseAsync(context, events, most: 3);
        await using var services = Trackers.Services(
            ledger.Address,
            options =>
                options.OnRejected = rejected =>
                {
                    aside.Add(rejected);
                    throw new InvalidOperationException("A fault of the program's.");
                }
        );
        for (var number = 0; number < 40; number++)
            services.Tracker().Track(Trackers.Event(number % 5 == 4 ? -1 : 1));
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(32, ledger.Stored.Count);
        Assert.Equal(new TrackerCounts(40, 0, 32, 8, 0), services.Tracker().Counts);
        Assert.Equal(8, aside.Count);
        Assert.All(aside, rejected => Assert.Equal(["/quantity must not be negative"], rejected.Reasons));
        Assert.All(aside, rejected => Assert.Contains("\"quantity\":\"-1\"", rejected.Json, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_a_refusal_names_no_event_the_bad_one_is_found()
    {
        await using var ledger = await FakeLedger.StartAsync();
        ledger.Misbehaviour = (_, context, events) => RefuseAsync(context, events, most: 0);
        await using var services = Trackers.Services(ledger.Address);
        for (var number = 0; number < 33; number++)
            services.Tracker().Track(Trackers.Event(number == 17 ? -1 : 1));
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(new TrackerCounts(33, 0, 32, 1, 0), services.Tracker().Counts);
        Assert.Equal(32, ledger.Stored.Count);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_for_a_proxy_is_sent_in_parts()
    {
        await using var ledger = await FakeLedger.StartAsync();
        ledger.Misbehaviour = (_, context, events) =>
        {
            context.Response.StatusCode = events.Count > 7 ? 413 : 200;
            return Task.FromResult(events.Count > 7);
        };
        await using var services = Trackers.Services(ledger.Address);
        services.Tracker().Track(100);
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(100, ledger.Stored.Count);
    }

    [Fact]
    public async Task What_no_JSON_can_say_is_set_aside()
    {
        await using var ledger = await FakeLedger.StartAsync();
        var aside = new List<RejectedEvent>();
        await using var services = Trackers.Services(ledger.Address, options => options.OnRejected = aside.Add);
        services.Tracker().Track(Trackers.Event() with { Metadata = new JsonObject { ["not"] = JsonValue.Create(double.NaN) } });
        services.Tracker().Track(Trackers.Event() with { Metadata = new JsonObject { ["surrogate"] = "\ud800" } });
        services.Tracker().Track(1);
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(3, ledger.Stored.Count + aside.Count);
        Assert.StartsWith("cannot be written as JSON", aside[0].Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_buffer_drops_and_counts_and_holds_nobody_up()
    {
        await using var ledger = await FakeLedger.StartAsync();
        var open = new TaskCompletionSource();
        ledger.Misbehaviour = async (_, _, _) =>
        {
            await open.Task;
            return false;
        };
        await using var services = Trackers.Services(ledger.Address, options => (options.BufferCapacity, options.BatchSize) = (100, 10));
        var tracker = services.Tracker();
        var start = Stopwatch.GetTimestamp();
        tracker.Track(10_000);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2));
        open.SetResult();
        Assert.True(await tracker.FlushedAsync());
        var counts = tracker.Counts;
        Assert.Equal(10_000, counts.Tracked);
        Assert.InRange(counts.Sent, 100, 9_000);
        Assert.Equal(counts.Tracked, counts.Sent + counts.Dropped);
        Assert.Equal(counts.Sent, ledger.Stored.Count);
    }

    [Fact]
    public async Task A_server_that_is_never_there_ends_in_counted_drops_and_an_end_in_time()
    {
        var services = Trackers.Services(new Uri("http://127.0.0.1:9/"), options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(500));
        var tracker = services.Tracker();
        tracker.Track(1_234);
        using var timeout = new CancellationTokenSource(200);
        Assert.False(await tracker.FlushAsync(timeout.Token));
        Assert.Equal(1_234, tracker.Counts.Waiting);
        var start = Stopwatch.GetTimestamp();
        await services.DisposeAsync();
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
        Assert.Equal(new TrackerCounts(1_234, 0, 0, 1_234, 0), tracker.Counts);
        Assert.True(await tracker.FlushAsync());
    }

    [Fact]
    public async Task Events_tracked_while_the_end_comes_are_sent_or_counted()
    {
        await using var ledger = await FakeLedger.StartAsync();
        // Time enough for all that waits: a batch that is cut off may be stored, and counts as dropped.
        var services = Trackers.Services(ledger.Address, options => options.ShutdownTimeout = TimeSpan.FromMinutes(2));
        var tracker = services.Tracker();
        var over = false;
        var callers = Enumerable
            .Range(0, 3)
            .Select(_ =>
                Task.Run(() =>
                {
                    while (!Volatile.Read(ref over))
                        tracker.Track(Trackers.Event());
                })
            )
            .ToList();
        await ledger.UntilStoredAsync(1_000);
        await services.DisposeAsync();
        Volatile.Write(ref over, true);
        await Task.WhenAll(callers);
        var counts = tracker.Counts;
        Assert.Equal(ledger.Stored.Count, counts.Sent);
        Assert.Equal(counts.Tracked, counts.Sent + counts.Dropped);
    }

    private static async Task<bool> RefuseAsync(HttpContext context, List<JsonObject> events, int most)
    {
        var bad = Enumerable.Range(0, events.Count).Where(index => (string)events[index]["quantity"]! == "-1").ToList();
        if (bad.Count == 0)
            return false;
        var errors = new JsonObject();
        foreach (var index in bad.Take(most))
            errors[$"/{index}/quantity"] = new JsonArray("must not be negative");
        if (most == 0)
            errors[""] = new JsonArray("is not an event");
        context.Response.StatusCode = 400;
        await context.Response.WriteAsync(new JsonObject { ["title"] = "The request is not valid.", ["errors"] = errors }.ToJsonString());
        return true;
    }
}
