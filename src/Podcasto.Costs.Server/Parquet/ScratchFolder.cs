namespace Podcasto.Costs.Server.Parquet;

/// <summary>A folder for temporary files: deleted when disposed, and by the next one that is made where a killed process left it behind.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "podcasto-costs-scratch-";
    private const string LockSuffix = ".lock";

    // Held open, and locked, for as long as the folder is used: the lock ends with the process, however that ends.
    private readonly FileStream _lock;

    /// <param name="parent">The folder to make it in; made where it is missing.</param>
    public ScratchFolder(string parent)
    {
        Directory.CreateDirectory(parent);
        Sweep(parent);
        (Location, _lock) = Take(parent);
        Directory.CreateDirectory(Location);
    }

    public string Location { get; }

    public string File(string name) => Path.Combine(Location, name);

    public void Dispose()
    {
        if (Directory.Exists(Location))
            Directory.Delete(Location, recursive: true);
        _lock.Dispose();
    }

    private static (string Location, FileStream Lock) Take(string parent)
    {
        const int Attempts = 10;
        for (var attempt = 1; ; attempt++)
        {
            var location = Path.Combine(parent, Prefix + Guid.CreateVersion7());
            try
            {
                return (
                    location,
                    new FileStream(location + LockSuffix, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)
                );
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Made, but not locked yet: another sweep takes it for one that was left behind.
            }
        }
    }

    private static void Sweep(string parent)
    {
        foreach (var file in Directory.EnumerateFiles(parent, Prefix + "*" + LockSuffix))
        {
            try
            {
                using var abandoned = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                var folder = file[..^LockSuffix.Length];
                if (Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // In use, or somebody else's.
            }
        }
    }
}
