using System.Runtime.CompilerServices;
using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Events;

/// <summary>Reads the ledger from front to back, in constant memory.</summary>
internal sealed class LedgerReader(Database database, ArchiveReader archive, ArchivedPodcasts podcasts)
{
    /// <summary>The events of a month in the order of time and id, archived or not, all as of the moment when the first is read.</summary>
    public async IAsyncEnumerable<StoredEvent> ReadMonthAsync(Month month, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Sql = $"{StoredEvent.Select} where e.timestamp >= @from and e.timestamp < @to order by e.timestamp, e.id";
        await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
        var files = await ArchiveIndex.ReadableAsync(snapshot, month.FirstDay, month.LastDay, cancellationToken);
        var parameters = new { from = month.Start, to = month.End };
        var rows = snapshot.Connection.QueryUnbufferedAsync<StoredEvent>(Sql, parameters, snapshot.Transaction, commandTimeout: 0);
        if (files.Count > 0)
            rows = MergeAsync(rows, files, cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
            yield return row;
    }

    private async IAsyncEnumerable<StoredEvent> MergeAsync(
        IAsyncEnumerable<StoredEvent> live,
        IReadOnlyList<ArchiveFile> files,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // The snapshot's connection is busy with the table.
        await using var catalog = await database.BeginSnapshotAsync(cancellationToken);
        var archived = OrderedMerge.Of(
            [.. files.Select(file => archive.RowsAsync(file, cancellationToken))],
            StoredEvent.OldestFirst,
            cancellationToken
        );
        var named = podcasts.AddToAsync(catalog, archived, cancellationToken);
        await foreach (var row in OrderedMerge.Of([live, named], StoredEvent.OldestFirst, cancellationToken))
            yield return row;
    }
}
