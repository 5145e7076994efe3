namespace Podcasto.Costs.Server.Archive.Storage;

/// <summary>A file of the archive on this machine, which stays there until this is disposed.</summary>
/// <param name="path">Where.</param>
/// <param name="pin">Keeps it; null where nobody takes it away.</param>
internal sealed class LocalFile(string path, IDisposable? pin = null) : IDisposable
{
    public string Path { get; } = path;

    public void Dispose() => pin?.Dispose();
}
