namespace Podcasto.Costs.Server.Archive.Storage;

/// <summary>
/// Copies of a bucket's files, up to a size; what was read longest ago goes first, but nothing that is being read: a reader holds a shared
/// lock on the file, which other processes on this folder see too.
/// </summary>
internal sealed class BucketCache(string root, long maxBytes, TimeProvider clock)
{
    private readonly Lock _gate = new();

    public string ScratchFolder => Path.Combine(root, ".scratch");

    /// <summary>The copy of a file; null where there is none.</summary>
    public LocalFile? Find(string path)
    {
        var file = Place(path);
        lock (_gate)
        {
            if (!File.Exists(file))
                return null;
            try
            {
                var pin = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
                File.SetLastAccessTimeUtc(file, clock.GetUtcNow().UtcDateTime);
                // Another process may have taken it away between the two.
                if (File.Exists(file))
                    return new LocalFile(file, pin);
                pin.Dispose();
                return null;
            }
            catch (IOException)
            {
                // On its way out, by another process.
                return null;
            }
        }
    }

    /// <summary>Takes over a download.</summary>
    public LocalFile? Take(string download, string path)
    {
        var file = Place(path);
        lock (_gate)
        {
            MakeRoom(new FileInfo(download).Length);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            // Another process may have been quicker, and may be reading what it got.
            if (!File.Exists(file))
                File.Move(download, file);
            return Find(path);
        }
    }

    public void Forget(string path)
    {
        var file = Place(path);
        lock (_gate)
        {
            if (File.Exists(file))
                File.Delete(file);
        }
    }

    private void MakeRoom(long bytes)
    {
        if (!Directory.Exists(root))
            return;
        // Looked at once: another process on this folder may take files away meanwhile.
        var files = new DirectoryInfo(root)
            .EnumerateFiles("events-*.parquet", SearchOption.AllDirectories)
            .Where(file => file.Exists)
            .Select(file => (file.FullName, file.Length, file.LastAccessTimeUtc))
            .OrderBy(file => file.LastAccessTimeUtc)
            .ToList();
        var used = files.Sum(file => file.Length);
        foreach (var (file, length, _) in files)
        {
            if (used + bytes <= maxBytes)
                return;
            if (TryDelete(file))
                used -= length;
        }
    }

    private static bool TryDelete(string file)
    {
        try
        {
            // Opens only where nobody has it open.
            using var alone = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None, 1);
            File.Delete(file);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string Place(string path) => Path.Combine([root, .. path.Split('/')]);
}
