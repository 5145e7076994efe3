using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Podcasto.Costs.Server.Archive.Storage;

/// <summary>Files of the archive on this machine that were seen to be what was written: once, and again when they have changed since.</summary>
internal sealed class VerifiedFiles(IArchiveStorage storage)
{
    private readonly ConcurrentDictionary<Guid, (DateTime WrittenAt, long Length)> _verified = new();

    /// <summary>A file, kept on this machine until it is disposed.</summary>
    /// <exception cref="ArchiveException">It is missing, or not what was written.</exception>
    public async Task<LocalFile> OpenAsync(ArchiveFile file, CancellationToken cancellationToken)
    {
        if (await TryOpenAsync(file, cancellationToken) is { } known)
            return known;
        // A copy that is damaged says nothing of the bucket.
        storage.Forget(file.Path);
        return await TryOpenAsync(file, cancellationToken)
            ?? throw new ArchiveException(
                $"{storage.Describe(file.Path)} is damaged, or another file: its SHA-256 is not {file.Sha256}. Put it back from a copy."
            );
    }

    /// <summary>64 hexadecimal digits.</summary>
    public static async Task<string> HashAsync(Stream stream, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));

    private async Task<LocalFile?> TryOpenAsync(ArchiveFile file, CancellationToken cancellationToken)
    {
        var local = await storage.FetchAsync(file.Path, cancellationToken);
        var keep = false;
        try
        {
            var info = new FileInfo(local.Path);
            keep = _verified.TryGetValue(file.Id, out var known) && known == (info.LastWriteTimeUtc, info.Length);
            if (keep)
                return local;
            await using var stream = new FileStream(local.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20, useAsync: true);
            keep = await HashAsync(stream, cancellationToken) == file.Sha256;
            if (!keep)
                return null;
            _verified[file.Id] = (info.LastWriteTimeUtc, info.Length);
            return local;
        }
        catch (Exception exception) when (ArchiveException.Covers(exception))
        {
            throw new ArchiveException($"{storage.Describe(file.Path)} cannot be read: {exception.Message}", exception);
        }
        finally
        {
            if (!keep)
                local.Dispose();
        }
    }
}
