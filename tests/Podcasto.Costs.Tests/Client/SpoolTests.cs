using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Spooling;
using Podcasto.Costs.Client.Tracking;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Client;

/// <summary>What is on disk is sent, by this process or the next, and leaves the disk when it is acknowledged and not before.</summary>
public sealed class SpoolTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    [Fact]
    public async Task Events_leave_the_disk_once_they_are_acknowledged()
    {
        using var folder = new TempFolder();
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address, options => options.SpoolFolder = folder.Path);
        services.Tracker().Track(2_500);
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(new TrackerCounts(2_500, 0, 2_500, 0, 2_500), services.Tracker().Counts);
        Assert.Equal(2_500, ledger.Stored.Count);
        await UntilEmptyAsync(folder);
    }

    [Fact]
    public async Task An_outage_that_outlasts_the_process_loses_nothing()
    {
        using var folder = new TempFolder();
        var first = Trackers.Services(Nowhere, options => Configure(options, folder));
        var tracker = first.Tracker();
        tracker.Track(12_345);
        await first.DisposeAsync();
        Assert.Equal(new TrackerCounts(12_345, 0, 0, 0, 12_345), tracker.Counts);
        Assert.Equal(12_345, tracker.Counts.Waiting);

        await using var ledger = await FakeLedger.StartAsync();
        await using var second = Trackers.Services(ledger.Address, options => Configure(options, folder));
        Assert.Equal(0, second.Tracker().Counts.Tracked);
        await ledger.UntilStoredAsync(12_345);
        await UntilEmptyAsync(folder);
        Assert.Equal(new TrackerCounts(0, 12_345, 12_345, 0, 0), second.Tracker().Counts);
        Assert.Equal(12_345, ledger.Received.Count);
    }

    [Fact]
    public async Task A_crash_loses_nothing_that_is_on_disk_and_torn_records_nothing_else()
    {
        using var folder = new TempFolder();
        Write(folder, "00000000000000000007.events", batches: 3);
        var file = folder.File("00000000000000000007.events");
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes[..^20]);
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address, options => Configure(options, folder));
        services.Tracker().Track(5);
        await ledger.UntilStoredAsync(34);
        Assert.True(await services.Tracker().FlushedAsync());
        await UntilEmptyAsync(folder);
        Assert.Equal(new TrackerCounts(5, 30, 34, 1, 5), services.Tracker().Counts);
    }

    [Fact]
    public async Task Damage_ends_with_its_line()
    {
        using var folder = new TempFolder();
        Write(folder, "00000000000000000001.events", batches: 3);
        var file = folder.File("00000000000000000001.events");
        var bytes = await File.ReadAllBytesAsync(file);
        // A flipped bit in one event, a line feed in the midst of another, garbage at the start of a third, and a file of nothing but garbage.
        var lines = Enumerable.Range(0, bytes.Length).Where(index => bytes[index] == '\n').ToList();
        bytes[lines[3] + 60] ^= 1;
        bytes[lines[8] + 50] = (byte)'\n';
        Random.Shared.NextBytes(bytes.AsSpan(lines[15] + 1, 8));
        await File.WriteAllBytesAsync(file, bytes);
        await File.WriteAllBytesAsync(folder.File("00000000000000000002.events"), new byte[100_000]);
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address, options => Configure(options, folder));
        services.Tracker().Track(1);
        await ledger.UntilStoredAsync(28);
        await UntilEmptyAsync(folder);
        var counts = services.Tracker().Counts;
        Assert.Equal(28, counts.Sent);
        Assert.InRange(counts.Dropped, 4, 6);
        Assert.Equal(0, counts.Waiting);
    }

    [Fact]
    public async Task A_second_process_does_without_until_the_first_is_gone()
    {
        using var folder = new TempFolder();
        await using var ledger = await FakeLedger.StartAsync();
        var owner = Spool.Open(folder.Path, 1L << 20, NullLogger.Instance);
        Assert.ThrowsAny<IOException>(() => Spool.Open(folder.Path, 1L << 20, NullLogger.Instance));
        await using var services = Trackers.Services(ledger.Address, options => Configure(options, folder));
        var tracker = services.Tracker();
        tracker.Track(100);
        Assert.True(await tracker.FlushedAsync());
        Assert.Equal(new TrackerCounts(100, 0, 100, 0, 0), tracker.Counts);
        owner.TryAppend(Batch(10));
        owner.Dispose();
        await ledger.UntilStoredAsync(110);
        tracker.Track(100);
        Assert.True(await tracker.FlushedAsync());
        Assert.Equal(new TrackerCounts(200, 10, 210, 0, 100), tracker.Counts);
    }

    [Fact]
    public async Task A_full_folder_leaves_events_in_memory_and_a_full_memory_drops()
    {
        using var folder = new TempFolder();
        var services = Trackers.Services(
            Nowhere,
            options =>
            {
                Configure(options, folder);
                (options.SpoolMaxBytes, options.BufferCapacity, options.BatchSize) = (1L << 20, 1_000, 100);
            }
        );
        var tracker = services.Tracker();
        for (var round = 0; round < 100; round++)
        {
            tracker.Track(100);
            await Task.Delay(5);
        }

        Assert.InRange(folder.Files("*.events").Sum(file => new FileInfo(file).Length), 900_000, 1L << 20);
        await services.DisposeAsync();
        var counts = tracker.Counts;
        Assert.Equal(10_000, counts.Tracked);
        Assert.True(counts.Dropped > 3_000, counts.ToString());
        Assert.Equal(counts.Spooled, counts.Waiting);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_leaves_events_in_memory()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("taken"), "");
        await using var ledger = await FakeLedger.StartAsync();
        await using var services = Trackers.Services(ledger.Address, options => options.SpoolFolder = folder.File("taken"));
        services.Tracker().Track(10);
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(new TrackerCounts(10, 0, 10, 0, 0), services.Tracker().Counts);
    }

    [Fact]
    public async Task A_full_disk_leaves_events_in_memory()
    {
        using var disk = new SmallDisk(2);
        await using var ledger = await FakeLedger.StartAsync();
        var open = new TaskCompletionSource();
        ledger.Misbehaviour = async (_, _, _) =>
        {
            await open.Task;
            return false;
        };
        await using var services = Trackers.Services(ledger.Address, options => options.SpoolFolder = disk.Folder);
        var tracker = services.Tracker();
        tracker.Track(20_000);
        await Task.Delay(500);
        open.SetResult();
        Assert.True(await tracker.FlushedAsync());
        var counts = tracker.Counts;
        Assert.Equal((20_000, 20_000, 0), (counts.Tracked, counts.Sent, counts.Dropped));
        Assert.InRange(counts.Spooled, 1, 19_999);
        Assert.Equal(20_000, ledger.Stored.Count);
    }

    [Fact]
    public async Task Events_that_were_set_aside_are_kept_beside_the_spool()
    {
        using var folder = new TempFolder();
        using var database = new TestDatabase(Engine.Sqlite);
        await using var server = await ServerProcess.StartAsync(database);
        await using var services = Trackers.Services(server.Client.BaseAddress!, options => Configure(options, folder));
        services.Tracker().Track(Trackers.Event(-1));
        services.Tracker().Track(Trackers.Event());
        services.Tracker().Track(Trackers.Event() with { Metadata = new JsonObject { ["ratio"] = double.NaN } });
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Equal(new TrackerCounts(3, 0, 1, 2, 2), services.Tracker().Counts);
        // Nothing but JSON, from the first byte on, so that tools can read it.
        var lines = (await File.ReadAllBytesAsync(folder.File("rejected.ndjson"))).AsSpan().TrimEnd((byte)'\n').ToArray();
        Assert.Equal((byte)'{', lines[0]);
        var kept = Encoding.UTF8.GetString(lines).Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        var refused = Assert.Single(kept, line => line["event"] is JsonObject);
        Assert.Equal("-1", (string)refused["event"]!["quantity"]!);
        Assert.Contains("quantity", (string)refused["reasons"]![0]!, StringComparison.Ordinal);
        var unspeakable = Assert.Single(kept, line => line["event"] is JsonValue);
        Assert.Contains("cannot be written as JSON", (string)unspeakable["reasons"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asked_to_be_told_is_told_also_where_the_file_cannot_be_written()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("rejected.ndjson"));
        using var database = new TestDatabase(Engine.Sqlite);
        await using var server = await ServerProcess.StartAsync(database);
        var told = new List<RejectedEvent>();
        await using var services = Trackers.Services(
            server.Client.BaseAddress!,
            options =>
            {
                Configure(options, folder);
                options.OnRejected = told.Add;
            }
        );
        services.Tracker().Track(Trackers.Event(-1));
        Assert.True(await services.Tracker().FlushedAsync());
        Assert.Single(told);
    }

    private static void Configure(PodcastoCostsOptions options, TempFolder folder)
    {
        options.SpoolFolder = folder.Path;
        options.ShutdownTimeout = TimeSpan.FromMilliseconds(500);
    }

    private static async Task UntilEmptyAsync(TempFolder folder)
    {
        var start = Stopwatch.GetTimestamp();
        while (folder.Files("*.events").Length > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), string.Join(", ", folder.Files("*.events")));
            await Task.Delay(20);
        }
    }

    private static EventBatch Batch(int events)
    {
        using var encoder = new EventEncoder();
        var batch = new EventBatch();
        for (var number = 0; number < events; number++)
            batch.Add(encoder.Encode(new TrackedEvent(Trackers.Event(), DateTimeOffset.UnixEpoch.AddYears(55), null)));
        return batch;
    }

    // As a process leaves it that was killed: the lock is free, the file is there.
    private static void Write(TempFolder folder, string name, int batches)
    {
        using var writer = new SpoolWriter(folder.File(name));
        for (var batch = 0; batch < batches; batch++)
            writer.Append(Batch(10));
    }
}
