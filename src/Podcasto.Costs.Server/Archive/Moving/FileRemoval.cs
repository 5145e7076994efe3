using Podcasto.Costs.Server.Archive.Storage;

namespace Podcasto.Costs.Server.Archive.Moving;

/// <summary>Deletes a file of which nothing is archived.</summary>
internal sealed partial class FileRemoval(ArchiveIndex index, IArchiveStorage storage, ILogger<FileRemoval> log)
{
    /// <summary>Deletes a file and its manifest, then its row: one without its row would stay for ever.</summary>
    /// <exception cref="ArchiveException">It holds archived events, or it could not be deleted.</exception>
    public async Task RemoveAsync(ArchiveFile file, CancellationToken cancellationToken)
    {
        // From here on nobody who was slow, and lost his turn meanwhile, can move a row to it.
        if (!await index.TryGiveUpAsync(file, cancellationToken))
            throw new ArchiveException($"{storage.Describe(file.Path)} holds archived events and stays.");
        await storage.DeleteAsync(file.Path, cancellationToken);
        await storage.DeleteAsync(file.ManifestPath, cancellationToken);
        await index.DeleteAsync(file, cancellationToken);
    }

    /// <summary>The same after a failure that matters more: what cannot be deleted now is deleted by the next run.</summary>
    public async Task TryRemoveAsync(ArchiveFile file)
    {
        try
        {
            await RemoveAsync(file, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.Left(log, exception, storage.Describe(file.Path));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{File} is of no use, and could not be deleted; the next archive of its month does it")]
        public static partial void Left(ILogger logger, Exception exception, string file);
    }
}
