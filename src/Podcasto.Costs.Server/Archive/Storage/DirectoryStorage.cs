using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Archive.Storage;

/// <summary>Files in a folder of this machine, or of one that it has mounted.</summary>
internal sealed class DirectoryStorage(IOptions<ArchiveOptions> options) : IArchiveStorage
{
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Value.Directory));

    // The same disk, so that a file is put in its place by renaming it.
    public string ScratchFolder => Path.Combine(_root, ".scratch");

    public Task PutAsync(string source, string path, CancellationToken cancellationToken)
    {
        try
        {
            var target = Describe(path);
            var folder = Path.GetDirectoryName(target)!;
            Directory.CreateDirectory(folder);
            // On the disk before it has its name, and the name before it counts: events leave the database on its account.
            using (var file = new FileStream(source, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
                file.Flush(flushToDisk: true);
            File.Move(source, target, overwrite: true);
            DurableFolder.Flush(folder, _root);
            return Task.CompletedTask;
        }
        catch (Exception exception) when (ArchiveException.Covers(exception))
        {
            throw new ArchiveException($"{Describe(path)} could not be written: {exception.Message}", exception);
        }
    }

    public Task<LocalFile> FetchAsync(string path, CancellationToken cancellationToken)
    {
        var file = Describe(path);
        return File.Exists(file)
            ? Task.FromResult(new LocalFile(file))
            : throw new ArchiveException($"{file} is missing. Put it back from a copy; Archive:Directory says where it is looked for.");
    }

    // There are no copies.
    public void Forget(string path) { }

    public Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = Describe(path);
            if (File.Exists(file))
                File.Delete(file);
            return Task.CompletedTask;
        }
        catch (Exception exception) when (ArchiveException.Covers(exception))
        {
            throw new ArchiveException($"{Describe(path)} could not be deleted: {exception.Message}", exception);
        }
    }

    public string Describe(string path) => Path.Combine([_root, .. path.Split('/')]);
}
