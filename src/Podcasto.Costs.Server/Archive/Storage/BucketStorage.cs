using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Transfer;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Archive.Storage;

/// <summary>Files in a bucket of S3, or of a store that speaks its protocol, with copies here of those that were read lately.</summary>
internal sealed class BucketStorage : IArchiveStorage, IDisposable
{
    private readonly string _bucket;
    private readonly string _prefix;
    private readonly BucketCache _cache;
    private readonly Lazy<AmazonS3Client> _client;

    public BucketStorage(IOptions<ArchiveOptions> options, TimeProvider clock)
    {
        var archive = options.Value;
        _bucket = archive.Bucket ?? throw new InvalidOperationException("Set Archive:Bucket.");
        _prefix = archive.Prefix;
        _cache = new BucketCache(Path.GetFullPath(archive.Directory), archive.CacheMegabytes * 1024L * 1024, clock);
        // Not before it is needed: looking for credentials may ask the network.
        _client = new Lazy<AmazonS3Client>(() => Connect(archive));
    }

    public string ScratchFolder => _cache.ScratchFolder;

    public async Task PutAsync(string source, string path, CancellationToken cancellationToken)
    {
        await TryAsync(
            async () =>
            {
                using var transfer = new TransferUtility(_client.Value);
                await transfer.UploadAsync(source, _bucket, _prefix + path, cancellationToken);
            },
            path,
            "written"
        );
        File.Delete(source);
    }

    public async Task<string> FetchAsync(string path, CancellationToken cancellationToken)
    {
        if (_cache.Find(path) is { } cached)
            return cached;
        Directory.CreateDirectory(ScratchFolder);
        var download = Path.Combine(ScratchFolder, $"{Guid.CreateVersion7():D}.download");
        try
        {
            await TryAsync(
                async () =>
                {
                    using var response = await _client.Value.GetObjectAsync(_bucket, _prefix + path, cancellationToken);
                    await response.WriteResponseStreamToFileAsync(download, append: false, cancellationToken);
                },
                path,
                "read"
            );
            return _cache.Take(download, path);
        }
        finally
        {
            File.Delete(download);
        }
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        await TryAsync(() => _client.Value.DeleteObjectAsync(_bucket, _prefix + path, cancellationToken), path, "deleted");
        _cache.Forget(path);
    }

    public string Describe(string path) => $"s3://{_bucket}/{_prefix}{path}";

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private async Task TryAsync(Func<Task> request, string path, string done)
    {
        try
        {
            await request();
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == System.Net.HttpStatusCode.NotFound && done == "read")
        {
            throw new ArchiveException($"{Describe(path)} is missing. Put it back from a copy.", exception);
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
        {
            throw new ArchiveException($"{Describe(path)} could not be {done}: {exception.Message}", exception);
        }
    }

    private static AmazonS3Client Connect(ArchiveOptions archive)
    {
        var config = new AmazonS3Config { MaxErrorRetry = 3 };
        if (archive.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = archive.Region ?? "us-east-1";
            // What others than AWS understand.
            config.ForcePathStyle = true;
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }
        else if (archive.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return archive is { AccessKey: { Length: > 0 } key, SecretKey: { } secret }
            ? new AmazonS3Client(new BasicAWSCredentials(key, secret), config)
            : new AmazonS3Client(config);
    }
}
