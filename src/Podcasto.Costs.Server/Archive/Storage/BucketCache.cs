namespace Podcasto.Costs.Server.Archive.Storage;

/// <summary>Copies of a bucket's files, up to a size; what was read longest ago goes first.</summary>
internal sealed class BucketCache(string root, long maxBytes, TimeProvider clock)
{
    private readonly Lock _gate = new();

    public string ScratchFolder => Path.Combine(root, ".scratch");

    /// <summary>The copy of a file; null where there is none.</summary>
    public string? Find(string path)
    {
        var file = Place(path);
        lock (_gate)
        {
            if (!File.Exists(file))
                return null;
            File.SetLastAccessTimeUtc(file, clock.GetUtcNow().UtcDateTime);
            return file;
        }
    }

    /// <summary>Takes over a download.</summary>
    public string Take(string download, string path)
    {
        var file = Place(path);
        lock (_gate)
        {
            MakeRoom(new FileInfo(download).Length);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Move(download, file, overwrite: true);
            return file;
        }
    }

    public void Forget(string path) => File.Delete(Place(path));

    private void MakeRoom(long bytes)
    {
        if (!Directory.Exists(root))
            return;
        var files = new DirectoryInfo(root).EnumerateFiles("*.parquet", SearchOption.AllDirectories).OrderBy(file => file.LastAccessTimeUtc).ToList();
        var used = files.Sum(file => file.Length);
        foreach (var file in files)
        {
            if (used + bytes <= maxBytes)
                return;
            used -= file.Length;
            // Whoever reads it has it open, and goes on.
            file.Delete();
        }
    }

    private string Place(string path) => Path.Combine([root, .. path.Split('/')]);
}
