using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Archive.Storage;

/// <summary>Files in a folder of this machine, or of one that it has mounted.</summary>
internal sealed class DirectoryStorage(IOptions<ArchiveOptions> options) : IArchiveStorage
{
    private readonly string _root = Path.GetFullPath(options.Value.Directory);

    // The same disk, so that a file is put in its place by renaming it.
    public string ScratchFolder => Path.Combine(_root, ".scratch");

    public Task PutAsync(string source, string path, CancellationToken cancellationToken)
    {
        try
        {
            var target = Describe(path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // On the disk before it has its name: events leave the database on its account.
            using (var file = new FileStream(source, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
                file.Flush(flushToDisk: true);
            File.Move(source, target, overwrite: true);
            return Task.CompletedTask;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException($"{Describe(path)} could not be written: {exception.Message}", exception);
        }
    }

    public Task<string> FetchAsync(string path, CancellationToken cancellationToken)
    {
        var file = Describe(path);
        return File.Exists(file)
            ? Task.FromResult(file)
            : throw new ArchiveException($"{file} is missing. Put it back from a copy; Archive:Directory says where it is looked for.");
    }

    public Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = Describe(path);
            if (File.Exists(file))
                File.Delete(file);
            return Task.CompletedTask;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException($"{Describe(path)} could not be deleted: {exception.Message}", exception);
        }
    }

    public string Describe(string path) => Path.Combine([_root, .. path.Split('/')]);
}
