using System.Text.Json;
using Dapper;
using DuckDB.NET.Data;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Archive.Storage;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Parquet;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Moving;

/// <summary>Writes the events that a month has in the ledger's table to a file, and proves it, before anything is taken away.</summary>
internal sealed class MonthWriter(
    Database database,
    ArchiveIndex index,
    ArchiveReader reader,
    IArchiveStorage storage,
    FileRemoval files,
    TimeProvider clock
)
{
    private const int ProgressEvery = 10_000;

    /// <summary>Writes.</summary>
    /// <returns>The file, ready to be moved to; null where the table has no event of the month.</returns>
    /// <exception cref="ArchiveException">The file could not be written, or does not say what the books say.</exception>
    public async Task<ArchiveFile?> WriteAsync(Month month, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        try
        {
            // Deleted at the end, and after a kill by the next one that is made.
            using var scratch = new ScratchFolder(storage.ScratchFolder);
            var draft = scratch.File("events.parquet");
            // One state of the books throughout, whatever arrives meanwhile.
            await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
            var before = await ArchiveIndex.ReadableAsync(snapshot, month.FirstDay, month.LastDay, cancellationToken);
            var rollups = await ServiceSums.OfRollupsAsync(snapshot, month, cancellationToken);
            var expected = rollups.Sum(service => service.Events) - before.Sum(file => file.ArchivedTo - file.ArchivedFrom);
            var written = await WriteRowsAsync(snapshot, month, draft, expected, progress, cancellationToken);
            if (written.Count == 0)
                return null;

            var file = await DescribeAsync(id, month, draft, written, cancellationToken);
            // Recorded first: what a kill leaves behind is known, and is cleared away by the next run.
            await index.AddAsync(file, cancellationToken);
            try
            {
                await PutAsync(file, draft, written, cancellationToken);
                await ProveAsync(file, written, before, rollups, cancellationToken);
                await index.SetStateAsync(file, [ArchiveStates.Writing], ArchiveStates.Archiving, cancellationToken);
            }
            catch
            {
                await files.TryRemoveAsync(file);
                throw;
            }

            return file with
            {
                State = ArchiveStates.Archiving,
            };
        }
        catch (Exception exception) when (ArchiveException.Covers(exception) || exception is DuckDBException or ParquetMemoryException)
        {
            throw new ArchiveException(
                $"{exception.Message.TrimEnd('.')}. Nothing was taken out of the database. Mend it, or make room, and archive {month} again.",
                exception
            );
        }
    }

    private async Task<IReadOnlyList<ServiceSum>> WriteRowsAsync(
        LedgerTransaction snapshot,
        Month month,
        string draft,
        long expected,
        IProgress<JobProgress> progress,
        CancellationToken cancellationToken
    )
    {
        const string Sql = $"""
            select {StoredEvent.Columns} from cost_tracking_events e
            where e.timestamp >= @from and e.timestamp < @to order by e.timestamp, e.id
            """;
        var summing = new ServiceSumming();
        using var writer = new ParquetWriter<StoredEvent>(storage.ScratchFolder, EventFile.Columns);
        var parameters = new { from = month.Start, to = month.End };
        var rows = snapshot.Connection.QueryUnbufferedAsync<StoredEvent>(Sql, parameters, snapshot.Transaction, commandTimeout: 0);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            summing.Add(row);
            writer.Add(row);
            if (writer.Rows % ProgressEvery == 0)
                progress.Report(new JobProgress("writing", writer.Rows, Math.Max(expected, writer.Rows)));
        }

        if (writer.Rows > 0)
            writer.Finish(draft, cancellationToken);
        return summing.Sums;
    }

    private async Task<ArchiveFile> DescribeAsync(
        Guid id,
        Month month,
        string draft,
        IReadOnlyList<ServiceSum> written,
        CancellationToken cancellationToken
    )
    {
        await using var stream = File.OpenRead(draft);
        var now = clock.GetUtcNow();
        return new ArchiveFile
        {
            Id = id,
            Month = month.FirstDay,
            Path = ArchiveFile.PathOf(id, month),
            Sha256 = await VerifiedFiles.HashAsync(stream, cancellationToken),
            ByteCount = stream.Length,
            RowCount = written.Sum(service => service.Events),
            TotalCostUsd = written.Sum(service => service.TotalCostUsd),
            State = ArchiveStates.Writing,
            CreatedAt = new DateTimeOffset(now.Ticks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero),
        };
    }

    private async Task PutAsync(ArchiveFile file, string draft, IReadOnlyList<ServiceSum> written, CancellationToken cancellationToken)
    {
        var manifest = new Manifest
        {
            File = file.Path.Split('/')[^1],
            Month = Month.Of(file.Month).ToString(),
            Rows = file.RowCount,
            Bytes = file.ByteCount,
            Sha256 = file.Sha256,
            TotalCostUsd = file.TotalCostUsd,
            Services = written,
            CreatedAt = file.CreatedAt,
        };
        var text = draft + ".json";
        await File.WriteAllTextAsync(text, JsonSerializer.Serialize(manifest, WireJson.Options), cancellationToken);
        await storage.PutAsync(draft, file.Path, cancellationToken);
        await storage.PutAsync(text, file.ManifestPath, cancellationToken);
    }

    // Read back from where it lies: it must be what was written, and with what was archived before it must be what the rollups say.
    private async Task ProveAsync(
        ArchiveFile file,
        IReadOnlyList<ServiceSum> written,
        IReadOnlyList<ArchiveFile> before,
        IReadOnlyList<ServiceSum> rollups,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<ServiceSum> readBack;
        using (var events = await reader.OpenAsync([file with { ArchivedTo = file.RowCount }], cancellationToken))
            readBack = ServiceSums.OfFiles(events, cancellationToken);
        if (!ServiceSums.Agree(written, readBack, quantities: true))
            throw new ArchiveException($"{storage.Describe(file.Path)} does not hold what was written to it. Nothing was taken out of the database.");

        IReadOnlyList<ServiceSum> earlier = [];
        if (before.Count > 0)
        {
            using var events = await reader.OpenAsync(before, cancellationToken);
            earlier = ServiceSums.OfFiles(events, cancellationToken);
        }

        if (!ServiceSums.Agree(ServiceSum.Add([.. earlier, .. readBack]), rollups, quantities: false))
            throw new ArchiveException(
                $"The events of {Month.Of(file.Month)} do not add up to its rollups. Nothing was taken out of the database. Run rebuild, and archive it again."
            );
    }
}
