using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>The files of some days.</summary>
internal sealed class ArchivedSpan(ArchiveReader reader, DateOnly from, DateOnly to) : IArchivedPart, IDisposable
{
    private readonly HeldFiles _files = new(reader);

    public async Task<bool> IsAtHandAsync(LedgerTransaction transaction, CancellationToken cancellationToken) =>
        _files.Has(await ArchiveIndex.ReadableAsync(transaction, from, to, cancellationToken));

    public async Task FetchAsync(LedgerTransaction snapshot, CancellationToken cancellationToken) =>
        await _files.AddAsync(await ArchiveIndex.ReadableAsync(snapshot, from, to, cancellationToken), cancellationToken);

    public void Dispose() => _files.Dispose();
}
