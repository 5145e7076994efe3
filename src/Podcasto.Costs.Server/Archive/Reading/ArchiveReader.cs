using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using Podcasto.Costs.Server.Archive.Storage;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Parquet;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>Reads archived events where they lie.</summary>
internal sealed class ArchiveReader(VerifiedFiles files, ArchiveIndex index, IArchiveStorage storage)
{
    /// <summary>Opens what was archived, as of a transaction, between two days; null where nothing was.</summary>
    /// <inheritdoc cref="OpenAsync(IReadOnlyList{ArchiveFile}, CancellationToken)" path="/exception"/>
    public async Task<ArchivedEvents?> OpenAsync(LedgerTransaction transaction, DateOnly? from, DateOnly? to, CancellationToken cancellationToken)
    {
        var readable = await ArchiveIndex.ReadableAsync(transaction, from, to, cancellationToken);
        return readable.Count == 0 ? null : await OpenAsync(readable, cancellationToken);
    }

    /// <summary>Opens the archived rows of files, to be queried.</summary>
    /// <exception cref="ArchiveException">A file is missing, or not what was written.</exception>
    public Task<ArchivedEvents> OpenAsync(IReadOnlyList<ArchiveFile> readable, CancellationToken cancellationToken) =>
        OpenAsync(readable, Environment.ProcessorCount, cancellationToken);

    /// <summary>The archived rows of a file in its order: that of time and id.</summary>
    /// <exception cref="ArchiveException">It is missing, or not what was written.</exception>
    public async IAsyncEnumerable<StoredEvent> RowsAsync(ArchiveFile file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var events = await OpenAsync([file], 1, cancellationToken);
        StoredEvent? before = null;
        foreach (var row in events.Rows("", null, cancellationToken))
        {
            // Rows are archived by their place in the file: a reader that mixed them up would lose some and double others.
            if (before is not null && StoredEvent.OldestFirst.Compare(before, row) >= 0)
                throw new ArchiveException($"{storage.Describe(file.Path)} is not in the order in which it was written.");
            yield return before = row;
        }
    }

    private async Task<ArchivedEvents> OpenAsync(IReadOnlyList<ArchiveFile> readable, int threads, CancellationToken cancellationToken)
    {
        var local = new List<LocalFile>();
        try
        {
            foreach (var file in readable)
                local.Add(await FetchAsync(file, cancellationToken));
            return new ArchivedEvents(new ParquetReader(storage.ScratchFolder, threads), readable, local, storage, RowsOf);
        }
        catch (Exception exception)
        {
            var gone = ArchivedEvents.AreGone(local);
            local.ForEach(file => file.Dispose());
            if (exception is not DuckDBException && !ArchiveException.Covers(exception))
                throw;
            throw new ArchiveException(
                $"{string.Join(", ", readable.Select(file => storage.Describe(file.Path)))} cannot be read: {exception.Message}",
                exception
            )
            {
                HasMoved = gone,
            };
        }
    }

    /// <summary>A file on this machine, checked, until it is disposed.</summary>
    /// <exception cref="ArchiveException">It is missing, or not what was written.</exception>
    public async Task<LocalFile> FetchAsync(ArchiveFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await files.OpenAsync(file, cancellationToken);
        }
        catch (ArchiveException exception)
        {
            // A restore deletes the file of what it has brought back.
            if (await index.HasAsync(file.Id, cancellationToken))
                throw;
            throw new ArchiveException($"The events of {storage.Describe(file.Path)} were restored a moment ago. Read once more.", exception)
            {
                HasMoved = true,
            };
        }
    }

    // Rows outside of the range are in the ledger's table.
    private static string RowsOf(string path, ArchiveFile file)
    {
        var literal = ParquetReader.Literal(path);
        return file.ArchivedFrom == 0 && file.ArchivedTo == file.RowCount
            ? $"select {EventFile.Names} from read_parquet({literal})"
            : $"select {EventFile.Names} from read_parquet({literal}, file_row_number = true) where file_row_number >= {file.ArchivedFrom} and file_row_number < {file.ArchivedTo}";
    }
}
