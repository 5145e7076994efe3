using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Archive;
using Podcasto.Costs.Server.Archive.Storage;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Archive;

public sealed class BucketTests
{
    private const string March = """{"month":"2025-03"}""";
    private const string Events = "/api/v1/events?format=csv";

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_month_goes_to_a_bucket_is_read_from_it_and_comes_back(Engine engine)
    {
        using var folder = new TempFolder();
        await using var bucket = await FakeBucket.StartAsync();
        using var database = new TestDatabase(engine);
        string before;
        await using (var app = App(database, bucket, folder))
        {
            var client = await app.StartAsync();
            await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 300));
            before = await client.GetStringAsync(Events);
            var archived = await client.RunJobAsync("archive", March);
            Assert.True((string?)archived["state"] == "succeeded", archived.ToJsonString());
            Assert.Equal([".json", ".parquet"], bucket.Objects.Keys.Select(Path.GetExtension).Order());
            Assert.All(bucket.Objects.Keys, key => Assert.StartsWith("the-bucket/costs/year=2025/month=03/events-", key, StringComparison.Ordinal));
            // What was proven was what the bucket gave, not what was sent to it.
            Assert.Contains("GET", bucket.Requests);
        }

        // Another server, which has no copy yet.
        using var elsewhere = new TempFolder();
        await using var other = App(database, bucket, elsewhere);
        var reader = await other.StartAsync();
        bucket.Requests.Clear();
        Assert.Equal(before, await reader.GetStringAsync(Events));
        Assert.Equal(before, await reader.GetStringAsync(Events));
        Assert.Equal(["GET"], bucket.Requests);
        // A copy that is damaged is fetched anew.
        await File.WriteAllTextAsync(Assert.Single(elsewhere.Files("*.parquet")), "damaged");
        Assert.Equal(before, await reader.GetStringAsync(Events));
        Assert.Empty(await other.VerifyAsync());

        Assert.Equal(300, (int)(await reader.RunJobAsync("restore", March))["events"]!);
        Assert.Empty(bucket.Objects);
        Assert.Empty(elsewhere.Files("*"));
        Assert.Equal(before, await reader.GetStringAsync(Events));
        Assert.Empty(await other.VerifyAsync());
    }

    public static TheoryData<string, string> Faults =>
        new()
        {
            { "PUT", "403" },
            { "PUT", "500" },
            { "PUT", "away" },
            { "GET", "403" },
            { "GET", "500" },
            { "GET", "404" },
            { "GET", "cut" },
            { "GET", "other" },
        };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_bucket_that_fails_while_a_month_is_archived_costs_no_event(string method, string how)
    {
        using var folder = new TempFolder();
        await using var bucket = await FakeBucket.StartAsync();
        using var database = new TestDatabase(Engine.Sqlite);
        await using var app = App(database, bucket, folder);
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 300));
        bucket.Fault = context => context.Request.Method == method ? FailAsync(context, how) : Task.CompletedTask;

        var failed = await client.RunJobAsync("archive", March);
        Assert.Equal("failed", (string?)failed["state"]);
        Assert.Contains("s3://the-bucket/costs/year=2025/month=03/events-", (string)failed["error"]!, StringComparison.Ordinal);
        Assert.Equal(300, await app.ReadAsync<long>("select count(*) from cost_tracking_events"));
        Assert.Empty(bucket.Objects);
        Assert.Equal(0, await app.ReadAsync<long>("select count(*) from archive_files"));

        bucket.Fault = null;
        Assert.Equal(300, (int)(await client.RunJobAsync("archive", March))["events"]!);
        Assert.Equal(2, bucket.Objects.Count);
        Assert.Empty(await app.VerifyAsync());
    }

    [Theory]
    [InlineData("403")]
    [InlineData("500")]
    [InlineData("404")]
    [InlineData("cut")]
    [InlineData("other")]
    [InlineData("away")]
    public async Task A_bucket_that_fails_while_it_is_read_is_a_503_that_names_the_object(string how)
    {
        using var folder = new TempFolder();
        await using var bucket = await FakeBucket.StartAsync();
        using var database = new TestDatabase(Engine.Sqlite);
        await using var app = App(database, bucket, folder);
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 300));
        await client.RunJobAsync("archive", March);
        File.Delete(Assert.Single(folder.Files("*.parquet")));

        bucket.Fault = context => FailAsync(context, how);
        using (var answer = await client.GetAsync(Events))
        {
            Assert.Equal(503, (int)answer.StatusCode);
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.EndsWith("/archive-unavailable", (string)problem["type"]!, StringComparison.Ordinal);
            Assert.Contains("s3://the-bucket/costs/year=2025", (string)problem["detail"]!, StringComparison.Ordinal);
        }

        Assert.Equal("failed", (string?)(await client.RunJobAsync("restore", March))["state"]);
        bucket.Fault = null;
        // One failure is tried again without a word.
        var failures = 1;
        bucket.Fault = context =>
            how is not "404" and not "403" and not "other" && Interlocked.Decrement(ref failures) >= 0 ? FailAsync(context, how) : Task.CompletedTask;
        Assert.Equal(301, (await client.GetStringAsync(Events)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(300, (int)(await client.RunJobAsync("restore", March))["events"]!);
        Assert.Empty(await app.VerifyAsync());
    }

    [Fact]
    public async Task A_restore_that_may_not_delete_has_brought_everything_back_and_deletes_later()
    {
        using var folder = new TempFolder();
        await using var bucket = await FakeBucket.StartAsync();
        using var database = new TestDatabase(Engine.Sqlite);
        await using var app = App(database, bucket, folder);
        var client = await app.StartAsync();
        await client.SendEventsAsync(SomeEvents.Of("2025-03-01T10:00:00Z", 300));
        await client.RunJobAsync("archive", March);
        bucket.Fault = context => HttpMethods.IsDelete(context.Request.Method) ? FailAsync(context, "403") : Task.CompletedTask;
        var failed = await client.RunJobAsync("restore", March);
        Assert.Contains("could not be deleted", (string)failed["error"]!, StringComparison.Ordinal);
        Assert.Equal(300, await app.ReadAsync<long>("select count(*) from cost_tracking_events"));
        Assert.Empty(await app.VerifyAsync());
        bucket.Fault = null;
        Assert.Equal("succeeded", (string?)(await client.RunJobAsync("restore", March))["state"]);
        Assert.Empty(bucket.Objects);
    }

    [Fact]
    public async Task A_large_file_goes_up_in_parts_and_what_is_read_is_not_taken_from_the_cache()
    {
        using var folder = new TempFolder();
        await using var bucket = await FakeBucket.StartAsync();
        var options = new ArchiveOptions
        {
            Directory = folder.Path,
            Bucket = "the-bucket",
            Endpoint = bucket.Url,
            AccessKey = "key",
            SecretKey = "secret",
            CacheMegabytes = 40,
        };
        using var storage = new BucketStorage(Options.Create(options), TimeProvider.System);
        var content = new byte[20_000_000];
        Random.Shared.NextBytes(content);
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            var source = folder.File("source");
            await File.WriteAllBytesAsync(source, content);
            await storage.PutAsync(source, $"year=2025/month=03/events-{name}.parquet", CancellationToken.None);
            Assert.False(File.Exists(source));
            Assert.True(content.AsSpan().SequenceEqual(bucket.Objects[$"the-bucket/year=2025/month=03/events-{name}.parquet"]), name);
        }

        // Ten requests at once for the same file are one download.
        bucket.Requests.Clear();
        var first = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => FetchAsync("a")));
        Assert.Equal(["GET"], bucket.Requests);
        (await FetchAsync("b")).Dispose();
        // There is room for two: the other one goes, although it was read later.
        using var third = await FetchAsync("c");
        Assert.Equal(["events-a.parquet", "events-c.parquet"], folder.Files("*.parquet").Select(Path.GetFileName).Order());
        var read = await File.ReadAllBytesAsync(first[0].Path);
        Assert.True(content.AsSpan().SequenceEqual(read));
        foreach (var file in first)
            file.Dispose();
        (await FetchAsync("d")).Dispose();
        Assert.Equal(["events-c.parquet", "events-d.parquet"], folder.Files("*.parquet").Select(Path.GetFileName).Order());

        Task<LocalFile> FetchAsync(string name) => storage.FetchAsync($"year=2025/month=03/events-{name}.parquet", CancellationToken.None);
    }

    private static PodcastoCostsApp App(TestDatabase database, FakeBucket bucket, TempFolder folder) =>
        new(
            database,
            ("Archive:Directory", folder.Path),
            ("Archive:Bucket", "the-bucket"),
            ("Archive:Prefix", "costs/"),
            ("Archive:Endpoint", bucket.Url),
            ("Archive:AccessKey", "key"),
            ("Archive:SecretKey", "secret")
        );

    private static async Task FailAsync(HttpContext context, string how)
    {
        switch (how)
        {
            case "403":
                await FakeBucket.RefuseAsync(context, 403, "AccessDenied");
                break;
            case "404":
                await FakeBucket.RefuseAsync(context, 404, "NoSuchKey");
                break;
            case "500":
                await FakeBucket.RefuseAsync(context, 500, "InternalError");
                break;
            case "cut":
                context.Response.ContentLength = 10_000;
                await context.Response.Body.WriteAsync(new byte[100]);
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case "other":
                context.Response.ContentLength = 8;
                await context.Response.WriteAsync("PAR1PAR1");
                break;
            default:
                context.Abort();
                break;
        }
    }
}
