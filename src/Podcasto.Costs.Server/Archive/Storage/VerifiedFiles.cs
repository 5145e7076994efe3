using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Podcasto.Costs.Server.Archive.Storage;

/// <summary>Files of the archive on this machine that were seen to be what was written: once, and again when they have changed since.</summary>
internal sealed class VerifiedFiles(IArchiveStorage storage)
{
    private readonly ConcurrentDictionary<Guid, (DateTime WrittenAt, long Length)> _verified = new();

    /// <summary>The local path of a file.</summary>
    /// <exception cref="ArchiveException">It is missing, or not what was written.</exception>
    public async Task<string> OpenAsync(ArchiveFile file, CancellationToken cancellationToken)
    {
        var path = await storage.FetchAsync(file.Path, cancellationToken);
        var info = new FileInfo(path);
        if (_verified.TryGetValue(file.Id, out var known) && known == (info.LastWriteTimeUtc, info.Length))
            return path;
        await using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 20, useAsync: true))
        {
            if (await HashAsync(stream, cancellationToken) != file.Sha256)
                throw new ArchiveException(
                    $"{storage.Describe(file.Path)} is damaged: its SHA-256 is not {file.Sha256}. Put it back from a copy"
                        + (path == storage.Describe(file.Path) ? "." : $", and delete {path}.")
                );
        }

        _verified[file.Id] = (info.LastWriteTimeUtc, info.Length);
        return path;
    }

    /// <summary>64 hexadecimal digits.</summary>
    public static async Task<string> HashAsync(Stream stream, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
}
