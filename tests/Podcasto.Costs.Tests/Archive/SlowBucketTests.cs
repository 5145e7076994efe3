using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Rollups.Audit;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Archive;

/// <summary>Events are taken in however long a bucket takes to give a file.</summary>
public sealed class SlowBucketTests
{
    private const string FirstOfMarch = "2025-03-01T10:00:00Z";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_episode_that_moves_fetches_its_months_before_it_has_the_ledger_to_itself(Engine engine)
    {
        using var folder = new TempFolder();
        await using var bucket = await FakeBucket.StartAsync();
        using var database = new TestDatabase(engine);
        await using var app = App(database, bucket, folder);
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of(FirstOfMarch, 30));
        await client.RunJobAsync("archive", """{"month":"2025-03"}""");
        File.Delete(Assert.Single(folder.Files("*.parquet")));

        var gate = new Gate();
        bucket.Fault = context => HttpMethods.IsGet(context.Request.Method) ? gate.PassAsync() : Task.CompletedTask;
        const string Move = """{"podcast_id":"0198d0c6-0000-7000-9000-000000000001","title":"Moved"}""";
        var moving = client.PutAsync("/api/v1/episodes/0198d0c6-0000-4000-8000-000000000003", Move);
        await gate.Reached.WaitAsync(Patience);
        await client.SendEventsAsync(SomeEvents.Of("2025-04-01T10:00:00Z", 3, firstId: 100)).WaitAsync(Patience);
        Assert.False(moving.IsCompleted);
        gate.Open();

        Assert.Equal(200, (await moving).Status);
        Assert.Empty(await app.VerifyAsync());
        var podcasts = (await client.GetJsonAsync("/api/v1/podcasts"))["items"]!.AsArray();
        Assert.Equal("0.25", (string?)Assert.Single(podcasts)!["total_cost_usd"]);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_rebuild_lets_the_ledger_go_while_it_fetches_what_was_archived_meanwhile(Engine engine)
    {
        using var folder = new TempFolder();
        using var elsewhere = new TempFolder();
        await using var bucket = await FakeBucket.StartAsync();
        using var database = new TestDatabase(engine);
        await using var app = App(database, bucket, folder);
        await using var other = App(database, bucket, elsewhere);
        var client = await app.StartAsync();
        await other.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of(FirstOfMarch, 30));
        await MoveAsync(app, JobKinds.Archive);
        await app.ExecuteAsync("update daily_cost_summary set total_cost_usd = '1'");

        // The rebuild reads the first file; a second one comes meanwhile, which its own server proves and the rebuild has no copy of.
        var (first, second) = (new Gate(), new Gate());
        var asked = new ConcurrentDictionary<string, int>();
        var known = bucket.Objects.Keys.ToHashSet();
        bucket.Fault = context =>
            !HttpMethods.IsGet(context.Request.Method) ? Task.CompletedTask
            : known.Contains(context.Request.Path.Value!.TrimStart('/')) ? first.PassAsync()
            : asked.AddOrUpdate(context.Request.Path, 1, (_, count) => count + 1) > 1 ? second.PassAsync()
            : Task.CompletedTask;
        var day = new DateOnly(2025, 3, 1);
        var run = other.Services.GetRequiredService<AuditRun>();
        var rebuild = Task.Run(() =>
            run.RunAsync(new AuditScope(day, day, null), true, _ => { }, new Progress<JobProgress>(), CancellationToken.None)
        );
        await first.Reached.WaitAsync(Patience);
        await client.SendEventsAsync(SomeEvents.Of(FirstOfMarch, 5, firstId: 100)).WaitAsync(Patience);
        await MoveAsync(app, JobKinds.Archive).WaitAsync(Patience);
        first.Open();

        await second.Reached.WaitAsync(Patience);
        await client.SendEventsAsync(SomeEvents.Of(FirstOfMarch, 3, firstId: 200)).WaitAsync(Patience);
        Assert.False(rebuild.IsCompleted);
        second.Open();
        Assert.True(await rebuild > 0);
        Assert.Empty(await app.VerifyAsync());
        Assert.Equal(38, (int)(await client.GetJsonAsync("/api/v1/costs?granularity=total"))["items"]![0]!["event_count"]!);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_audit_reads_once_more_what_was_restored_while_it_fetched_the_file(Engine engine)
    {
        using var folder = new TempFolder();
        using var elsewhere = new TempFolder();
        await using var bucket = await FakeBucket.StartAsync();
        using var database = new TestDatabase(engine);
        await using var app = App(database, bucket, folder);
        await using var other = App(database, bucket, elsewhere);
        var client = await app.StartAsync();
        await other.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of(FirstOfMarch, 30));
        await MoveAsync(app, JobKinds.Archive);

        // Its rows are back and the file is deleted, but not forgotten yet, when the audit asks for it.
        var (asked, deleted) = (new Gate(), new Gate());
        bucket.Fault = context =>
            HttpMethods.IsGet(context.Request.Method) ? asked.PassAsync()
            : HttpMethods.IsDelete(context.Request.Method) && context.Request.Path.Value!.EndsWith(".json", StringComparison.Ordinal)
                ? deleted.PassAsync()
            : Task.CompletedTask;
        var audit = Task.Run(other.VerifyAsync);
        await asked.Reached.WaitAsync(Patience);
        var restore = MoveAsync(app, JobKinds.Restore);
        await deleted.Reached.WaitAsync(Patience);
        asked.Open();
        Assert.Empty(await audit.WaitAsync(Patience));
        deleted.Open();
        Assert.Equal(30, (await restore).Events);
    }

    // By this very application: a job may be run by any server on its database.
    private static Task<JobOutcome> MoveAsync(PodcastoCostsApp app, string kind) =>
        app
            .Services.GetServices<IJobWork>()
            .Single(work => work.Kind == kind)
            .RunAsync(new JobOrder("2025-03"), new Progress<JobProgress>(), CancellationToken.None);

    private static PodcastoCostsApp App(TestDatabase database, FakeBucket bucket, TempFolder folder) =>
        new(
            database,
            ("Archive:Directory", folder.Path),
            ("Archive:Bucket", "the-bucket"),
            ("Archive:Endpoint", bucket.Url),
            ("Archive:AccessKey", "key"),
            ("Archive:SecretKey", "secret")
        );

    /// <summary>Holds requests up until it is opened.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Open() => _open.SetResult();

        public Task PassAsync()
        {
            _reached.TrySetResult();
            return _open.Task;
        }
    }
}
