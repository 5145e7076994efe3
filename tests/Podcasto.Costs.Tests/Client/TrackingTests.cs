using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Client;

/// <summary>From a line of code to the request, where nothing goes wrong.</summary>
public sealed class TrackingTests
{
    [Fact]
    public async Task An_event_goes_out_as_it_was_tracked_to_the_last_digit()
    {
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address);
        var tracked = new NewEvent
        {
            Id = Guid.CreateVersion7(),
            EventType = EventTypeNames.AiApiCall,
            Service = "gemini_text",
            Quantity = 999_999_999_999.123456789m,
            Unit = "tokens",
            UnitCostUsd = 0.000000000000001m,
            EpisodeId = Guid.CreateVersion7(),
            PodcastId = Guid.CreateVersion7(),
            UserId = Guid.CreateVersion7(),
            Metadata = new JsonObject { ["model"] = "gemini \"é\"", ["input_tokens"] = 12 },
            Timestamp = new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)),
        };
        services.Tracker().Track(tracked);
        Assert.True(await services.Tracker().FlushedAsync());
        var sent = ledger.Stored[tracked.Id.Value];
        Assert.Equal("999999999999.123456789", (string)sent["quantity"]!);
        Assert.Equal("0.000000000000001", (string)sent["unit_cost_usd"]!);
        Assert.Equal("2025-03-01T10:00:00Z", (string)sent["timestamp"]!);
        Assert.Equal(tracked.EpisodeId.ToString(), (string)sent["episode_id"]!);
        Assert.Equal(tracked.PodcastId.ToString(), (string)sent["podcast_id"]!);
        Assert.Equal(tracked.UserId.ToString(), (string)sent["user_id"]!);
        Assert.Equal("ai_api_call gemini_text tokens", $"{sent["event_type"]} {sent["service"]} {sent["unit"]}");
        Assert.Equal("""{"model":"gemini \u0022\u00E9\u0022","input_tokens":12}""", sent["metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task An_event_without_an_id_gets_one_of_its_own_each_time_it_is_tracked()
    {
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address);
        var tracked = Trackers.Event();
        services.Tracker().Track(tracked);
        services.Tracker().Track(tracked);
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(2, ledger.Stored.Count);
        Assert.All(ledger.Stored.Keys, id => Assert.Equal(7, id.Version));
    }

    [Fact]
    public async Task A_full_batch_goes_at_once_and_a_smaller_one_after_its_time()
    {
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(
            ledger.Address,
            options => (options.BatchSize, options.FlushInterval) = (10, TimeSpan.FromMinutes(30))
        );
        services.Tracker().Track(10);
        await ledger.UntilStoredAsync(10);
        Assert.Equal(1, ledger.Requests);
        await using var hasty = Trackers.Services(ledger.Address, options => options.FlushInterval = TimeSpan.FromMilliseconds(200));
        var start = Stopwatch.GetTimestamp();
        hasty.Tracker().Track(3);
        await ledger.UntilStoredAsync(13);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 190, 5_000);
        Assert.Equal(2, ledger.Requests);
    }

    [Fact]
    public async Task The_end_of_the_container_sends_what_waits()
    {
        await using var ledger = await FakeLedger.StartAsync();
        var services = Trackers.Services(ledger.Address, options => options.FlushInterval = TimeSpan.FromMinutes(30));
        var tracker = services.Tracker();
        tracker.Track(2_500);
        await services.DisposeAsync();
        Assert.Equal(2_500, ledger.Stored.Count);
        tracker.Track(Trackers.Event());
        tracker.Track(null!);
        Assert.True(await tracker.FlushAsync());
        Assert.Equal(new TrackerCounts(2_502, 0, 2_500, 2, 0), tracker.Counts);
    }

    [Fact]
    public async Task Compressed_requests_say_the_same()
    {
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address, options => options.Compress = true);
        services.Tracker().Track(1_500);
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(1_500, ledger.Stored.Count);
    }

    [Fact]
    public async Task Once_the_buffer_has_its_size_tracking_allocates_nothing()
    {
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address);
        var tracker = services.Tracker();
        var tracked = Trackers.Event();
        // How far it grows in a round is up to how fast the loop behind it happens to take out; it can double a few times only.
        var rounds = new List<long>();
        for (var round = 0; round < 8; round++)
        {
            rounds.Add(Allocated());
            Assert.True(await tracker.FlushedAsync());
        }

        Assert.InRange(rounds.Min(), 0, 5_000);

        // By this thread, for 5,000 calls: waking the loop behind them may cost a few bytes now and then, a call costs none.
        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var number = 0; number < 5_000; number++)
                tracker.Track(tracked);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public async Task Counters_are_metrics()
    {
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address);
        var tracker = services.Tracker();
        tracker.Track(3);
        tracker.Track(null!);
        Assert.True(await tracker.FlushedAsync());
        var measured = new Dictionary<string, long>();
        using var listener = new MeterListener();
        var meters = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == "Podcasto.Costs.Client" && instrument.Meter.Scope == meters)
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => measured[instrument.Name + string.Concat(tags.ToArray().Select(tag => "/" + tag.Value))] = value
        );
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.Equal(4, measured["podcasto.costs.client.tracked"]);
        Assert.Equal(3, measured["podcasto.costs.client.sent"]);
        Assert.Equal(1, measured["podcasto.costs.client.dropped/rejected"]);
        Assert.Equal(0, measured["podcasto.costs.client.dropped/buffer_full"]);
        Assert.Equal(0, measured["podcasto.costs.client.spooled"]);
        Assert.Equal(0, measured["podcasto.costs.client.waiting"]);
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData(null)]
    public async Task A_program_without_valid_options_starts_and_counts_what_it_drops(string? key)
    {
        await using var services = Trackers.Services(new Uri("http://localhost:1/"), options => options.Key = key);
        services.Tracker().Track(5);
        Assert.True(await services.Tracker().FlushAsync());
        Assert.Equal(new TrackerCounts(5, 0, 0, 5, 0), services.Tracker().Counts);
    }

    [Fact]
    public async Task The_clock_is_the_programs_and_its_jumps_stop_nothing()
    {
        await using var ledger = await FakeLedger.StartAsync();
        var clock = new ShiftedClock();
        await using var services = Trackers.Services(ledger.Address, clock: clock);
        foreach (var year in new[] { 2031, 1969, 2025 })
        {
            clock.Now = new DateTimeOffset(year, 1, 2, 0, 0, 0, TimeSpan.Zero);
            services.Tracker().Track(1);
            Assert.True(await services.Tracker().FlushedAsync());
        }

        var stamps = ledger.Received.Select(sent => ((string)sent["timestamp"]!)[..4]);
        Assert.Equal(["2031", "1969", "2025"], stamps);
        Assert.Equal(3, ledger.Stored.Count);
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
