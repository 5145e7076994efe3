using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>What a part of the books needs of the archive: fetched beside ingestion, before it is read with the ledger to itself.</summary>
internal interface IArchivedPart
{
    /// <summary>Whether reading it as of a transaction waits for nothing.</summary>
    Task<bool> IsAtHandAsync(LedgerTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Fetches what is to be read as of a snapshot, and keeps it.</summary>
    /// <exception cref="ArchiveException">A file is missing, or not what was written.</exception>
    Task FetchAsync(LedgerTransaction snapshot, CancellationToken cancellationToken);
}
