using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using Amazon.SQS;
using Amazon.SQS.Model;
using Podcasto.Costs.Client;
using Podcasto.Costs.Client.Aws;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Tests.Client;

/// <summary>The AWS SDK's own clients against a local endpoint: an event for each request that arrived there, and no other.</summary>
public sealed class AwsTests : IDisposable
{
    private static readonly BasicAWSCredentials Credentials = new("AKID", "SECRET");

    // Clients of other tests are seen too, while this runs: what counts is what is tracked in this episode.
    private readonly Guid _episode = Guid.CreateVersion7();
    private readonly RecordingTracker _tracker = new();
    private readonly IDisposable _registration;
    private readonly IDisposable _scope;

    public AwsTests()
    {
        _registration = AwsCostTracking.Register(_tracker);
        _scope = CostScope.ForEpisode(_episode);
    }

    private List<NewEvent> Tracked => _tracker.Of(_episode);

    [Fact]
    public async Task Each_request_to_S3_is_an_event_of_the_class_that_it_is_billed_in()
    {
        await using var aws = await FakeAws.StartAsync();
        using var s3 = S3(aws);
        using var body = new MemoryStream(new byte[3_000_000]);
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "bucket",
                Key = "k",
                InputStream = body,
            }
        );
        using (await s3.GetObjectAsync("bucket", "k")) { }
        await s3.GetObjectMetadataAsync("bucket", "k");
        await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "bucket" });
        await s3.CopyObjectAsync("bucket", "k", "bucket", "l");
        await s3.DeleteObjectAsync("bucket", "k");
        Assert.Equal(aws.Requests.Count, Tracked.Count);
        Assert.Equal(
            [
                "s3_put PutObject 2.861022949 eu-west-1",
                "s3_get GetObject 1 eu-west-1",
                "s3_get GetObjectMetadata  eu-west-1",
                "s3_list ListObjectsV2  eu-west-1",
                "s3_put CopyObject  eu-west-1",
                "s3_delete DeleteObject  eu-west-1",
            ],
            Tracked.Select(tracked => $"{tracked.Service} {Words(tracked, "operation", "file_size_mb", "region")}")
        );
        Assert.All(Tracked, tracked => Assert.Equal(("s3_operation", 1m, "requests"), (tracked.EventType, tracked.Quantity, tracked.Unit)));
    }

    [Fact]
    public async Task A_multipart_upload_is_the_requests_that_it_really_makes()
    {
        await using var aws = await FakeAws.StartAsync();
        using var s3 = S3(aws);
        using var transfer = new TransferUtility(s3, new TransferUtilityConfig { MinSizeBeforePartUpload = 5 * 1_048_576 });
        using var body = new MemoryStream(new byte[12 * 1_048_576]);
        await transfer.UploadAsync(
            new TransferUtilityUploadRequest
            {
                BucketName = "bucket",
                Key = "k",
                InputStream = body,
                PartSize = 5 * 1_048_576,
                AutoCloseStream = false,
            }
        );
        Assert.Equal(aws.Requests.Count, Tracked.Count);
        Assert.All(Tracked, tracked => Assert.Equal("s3_put", tracked.Service));
        var parts = Tracked.Where(tracked => (string)tracked.Metadata!["operation"]! == "UploadPart").ToList();
        Assert.Equal(3, parts.Count);
        Assert.Equal(12, parts.Sum(part => (decimal)part.Metadata!["file_size_mb"]!));
        Assert.Equal(2, Tracked.Count - parts.Count);
    }

    [Fact]
    public async Task Retries_are_events_of_their_own()
    {
        await using var aws = await FakeAws.StartAsync();
        aws.Failures = 2;
        using var s3 = S3(aws);
        using var body = new MemoryStream(new byte[1_000]);
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "bucket",
                Key = "k",
                InputStream = body,
            }
        );
        Assert.Equal(3, aws.Requests.Count);
        Assert.Equal(
            ["failed 503  ", "failed 503 2 ", "  3 1000"],
            Tracked.Select(tracked => Words(tracked, "status", "http_status", "attempt", "size_bytes"))
        );
    }

    [Fact]
    public async Task A_request_that_reaches_nobody_is_an_event_and_one_that_is_never_sent_is_none()
    {
        using var s3 = new AmazonS3Client(
            Credentials,
            new AmazonS3Config
            {
                ServiceURL = "http://127.0.0.1:9",
                ForcePathStyle = true,
                MaxErrorRetry = 1,
            }
        );
        await Assert.ThrowsAnyAsync<Exception>(() => s3.DeleteObjectAsync("bucket", "k"));
        Assert.Equal(["failed", "failed"], Tracked.Select(tracked => (string)tracked.Metadata!["status"]!));
        await Assert.ThrowsAnyAsync<Exception>(() => s3.DeleteObjectAsync(new DeleteObjectRequest { Key = "k" }));
        Assert.Equal(2, Tracked.Count);
    }

    [Fact]
    public async Task SQS_is_billed_by_64_KiB()
    {
        await using var aws = await FakeAws.StartAsync();
        using var sqs = Sqs(aws);
        var queue = aws.Address + "/1/queue";
        await sqs.SendMessageAsync(queue, "short");
        await sqs.SendMessageAsync(queue, new string('a', 65_536));
        await sqs.SendMessageAsync(queue, new string('"', 65_537));
        await sqs.SendMessageBatchAsync(
            new SendMessageBatchRequest
            {
                QueueUrl = queue,
                Entries = [.. Enumerable.Range(0, 10).Select(id => new SendMessageBatchRequestEntry($"{id}", new string('é', 10_000)))],
            }
        );
        await sqs.ReceiveMessageAsync(queue);
        await sqs.DeleteMessageAsync(queue, "r");
        Assert.Equal(aws.Requests.Count, Tracked.Count);
        Assert.Equal(
            ["SendMessage 1", "SendMessage 1", "SendMessage 2", "SendMessageBatch 4", "ReceiveMessage 2", "DeleteMessage 1"],
            Tracked.Select(tracked => $"{Words(tracked, "operation")} {tracked.Quantity}")
        );
        Assert.All(Tracked, tracked => Assert.Equal(("sqs_message", "sqs", "requests"), (tracked.EventType, tracked.Service, tracked.Unit)));
    }

    [Fact]
    public async Task A_broken_tracker_and_a_tracker_that_is_gone_are_not_the_callers_trouble()
    {
        await using var aws = await FakeAws.StartAsync();
        using (AwsCostTracking.Register(new RecordingTracker { IsBroken = true }))
        {
            using var s3 = S3(aws);
            await s3.DeleteObjectAsync("bucket", "k");
        }

        Assert.Single(Tracked);
        _registration.Dispose();
        using var after = S3(aws);
        await after.DeleteObjectAsync("bucket", "k");
        Assert.Single(Tracked);
        Assert.Equal(2, aws.Requests.Count);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _registration.Dispose();
    }

    private static string Words(NewEvent tracked, params string[] names) =>
        string.Join(' ', names.Select(name => tracked.Metadata![name]?.ToString()));

    private static AmazonS3Client S3(FakeAws aws) =>
        new(
            Credentials,
            new AmazonS3Config
            {
                ServiceURL = aws.Address,
                ForcePathStyle = true,
                AuthenticationRegion = "eu-west-1",
            }
        );

    private static AmazonSQSClient Sqs(FakeAws aws) =>
        new(Credentials, new AmazonSQSConfig { ServiceURL = aws.Address, AuthenticationRegion = "eu-west-1" });
}
