using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Transfer;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Parquet;

namespace Podcasto.Costs.Server.Archive.Storage;

/// <summary>Files in a bucket of S3, or of a store that speaks its protocol, with copies here of those that were read lately.</summary>
internal sealed class BucketStorage : IArchiveStorage, IDisposable
{
    private const int Attempts = 3;

    private readonly SemaphoreSlim[] _downloads = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1, 1))];
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
            "written",
            cancellationToken
        );
        // What is read of it from now on is what the bucket has, not what it was given.
        File.Delete(source);
    }

    public async Task<LocalFile> FetchAsync(string path, CancellationToken cancellationToken)
    {
        if (_cache.Find(path) is { } cached)
            return cached;
        // Whoever wants the same file at the same time waits for one download of it.
        var turn = _downloads[(string.GetHashCode(path, StringComparison.Ordinal) & int.MaxValue) % _downloads.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if ((_cache.Find(path) ?? await DownloadAsync(path, isLast: attempt == Attempts - 1, cancellationToken)) is { } file)
                    return file;
            }
        }
        finally
        {
            turn.Release();
        }

        throw new ArchiveException($"A copy of {Describe(path)} was taken away again and again: set Archive:CacheMegabytes higher.");
    }

    public void Forget(string path) => _cache.Forget(path);

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        await TryAsync(() => _client.Value.DeleteObjectAsync(_bucket, _prefix + path, cancellationToken), path, "deleted", cancellationToken);
        _cache.Forget(path);
    }

    public string Describe(string path) => $"s3://{_bucket}/{_prefix}{path}";

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
        foreach (var turn in _downloads)
            turn.Dispose();
    }

    // Null where the answer broke off, or where another process took the copy away again.
    private async Task<LocalFile?> DownloadAsync(string path, bool isLast, CancellationToken cancellationToken)
    {
        var answered = false;
        try
        {
            using var scratch = new ScratchFolder(ScratchFolder);
            var download = scratch.File("download");
            await TryAsync(
                async () =>
                {
                    using var response = await _client.Value.GetObjectAsync(_bucket, _prefix + path, cancellationToken);
                    answered = true;
                    // Not the client's own way to a file, which takes an answer without a length for one that was cut.
                    await using var file = new FileStream(download, FileMode.Create, FileAccess.Write, FileShare.None);
                    await response.ResponseStream.CopyToAsync(file, cancellationToken);
                },
                path,
                "read",
                cancellationToken
            );
            return _cache.Take(download, path);
        }
        catch (ArchiveException exception) when (answered && exception.InnerException is IOException && !isLast)
        {
            return null;
        }
        catch (Exception exception) when (ArchiveException.Covers(exception))
        {
            throw new ArchiveException($"A copy of {Describe(path)} cannot be kept in Archive:Directory: {exception.Message}", exception);
        }
    }

    private async Task TryAsync(Func<Task> request, string path, string done, CancellationToken cancellationToken)
    {
        try
        {
            await request();
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchKey" && done == "read")
        {
            throw new ArchiveException($"{Describe(path)} is missing. Put it back from a copy.", exception);
        }
        catch (Exception exception) when (IsOfTheBucket(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new ArchiveException($"{Describe(path)} could not be {done}: {exception.Message}", exception);
        }
    }

    private static bool IsOfTheBucket(Exception exception) =>
        exception
            is AmazonServiceException
                or AmazonClientException
                or HttpRequestException
                or IOException
                or UnauthorizedAccessException
                or TimeoutException
                or OperationCanceledException;

    private static AmazonS3Client Connect(ArchiveOptions archive)
    {
        var config = new AmazonS3Config { MaxErrorRetry = 3, ConnectTimeout = TimeSpan.FromSeconds(10) };
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
