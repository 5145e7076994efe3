using Podcasto.Costs.Server.Archive.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>
/// Files that were fetched, checked, and stay on this machine until this is disposed: what reads them with the ledger to itself then waits for no
/// download, and neither does ingestion.
/// </summary>
internal sealed class HeldFiles(ArchiveReader reader) : IDisposable
{
    private readonly Dictionary<Guid, LocalFile> _held = [];

    public bool Has(IEnumerable<ArchiveFile> files) => files.All(file => _held.ContainsKey(file.Id));

    /// <summary>Fetches those that are not held yet.</summary>
    /// <exception cref="ArchiveException">One is missing, or not what was written.</exception>
    public async Task AddAsync(IEnumerable<ArchiveFile> files, CancellationToken cancellationToken)
    {
        foreach (var file in files.Where(file => !_held.ContainsKey(file.Id)))
            _held.Add(file.Id, await reader.FetchAsync(file, cancellationToken));
    }

    public void Dispose()
    {
        foreach (var file in _held.Values)
            file.Dispose();
    }
}
