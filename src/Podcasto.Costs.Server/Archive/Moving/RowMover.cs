using Dapper;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Moving;

/// <summary>
/// Moves rows between the ledger's table and a file that holds them. Some thousands go in a transaction with the ledger to itself, which
/// also says how far it is: a kill at any moment leaves each row in one place.
/// </summary>
internal sealed class RowMover(Database database, ArchiveReader reader)
{
    // Ingestion waits for the length of one part: some tens of milliseconds.
    private const int RowsInPart = 5_000;

    /// <summary>Takes the rest of a file's rows out of the table, and keeps their ids.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="ArchiveException">The file cannot be read, or the table does not hold what the file does.</exception>
    public async Task<long> ArchiveAsync(ArchiveFile file, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var start = file.ArchivedTo;
        var rest = file with { ArchivedFrom = start, ArchivedTo = file.RowCount };
        await foreach (var part in reader.RowsAsync(rest, cancellationToken).Chunk(RowsInPart).WithCancellation(cancellationToken))
        {
            await using var transaction = await database.BeginAsync(LedgerAccess.Exclusive, cancellationToken);
            await TakeOutAsync(transaction, file, part, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            file = file with { ArchivedTo = file.ArchivedTo + part.Length };
            progress.Report(new JobProgress("archiving", file.ArchivedTo, file.RowCount));
        }

        if (file.ArchivedTo != file.RowCount)
            throw new ArchiveException($"{file.Path} ends after {file.ArchivedTo} of {file.RowCount} events.");
        return file.ArchivedTo - start;
    }

    /// <summary>Puts the archived rows of a file back into the table.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="ArchiveException">The file cannot be read.</exception>
    public async Task<long> RestoreAsync(ArchiveFile file, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var start = file.ArchivedFrom;
        await foreach (var part in reader.RowsAsync(file, cancellationToken).Chunk(RowsInPart).WithCancellation(cancellationToken))
        {
            await using var transaction = await database.BeginAsync(LedgerAccess.Exclusive, cancellationToken);
            await PutBackAsync(transaction, file, part, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            file = file with { ArchivedFrom = file.ArchivedFrom + part.Length };
            progress.Report(new JobProgress("restoring", file.ArchivedFrom - start, file.ArchivedTo - start));
        }

        // Its file is deleted next: it must have held nothing more.
        if (file.ArchivedFrom != file.ArchivedTo)
            throw new ArchiveException($"{file.Path} ends after {file.ArchivedFrom} of {file.ArchivedTo} events.");
        return file.ArchivedFrom - start;
    }

    private async Task TakeOutAsync(LedgerTransaction transaction, ArchiveFile file, StoredEvent[] rows, CancellationToken cancellationToken)
    {
        await AdvanceAsync(transaction, file, "archived_to", file.ArchivedTo, rows.Length, ArchiveStates.Archiving, cancellationToken);
        var parameters = new { file = file.Id, ids = database.List(rows.Select(row => row.Id)) };
        var there = await transaction.Connection.QuerySingleAsync<Amount>(
            Command(
                transaction,
                $"select count(*) as events, sum(total_cost_usd) as cost_usd from cost_tracking_events where {database.IsAnyOf("id", "@ids")}",
                parameters,
                cancellationToken
            )
        );
        if (there.Events != rows.Length || there.CostUsd != rows.Sum(row => row.TotalCostUsd))
            throw new ArchiveException($"The database does not hold the events of {file.Path}. Nothing more was taken out of it. Run verify.");
        await ExecuteAsync(
            transaction,
            $"""
            insert into archived_event_ids (id, file_id, unit_cost_usd, total_cost_usd, priced_by)
            select id, {database.Cast("@file", NpgsqlTypes.NpgsqlDbType.Uuid)}, unit_cost_usd, total_cost_usd, priced_by
            from cost_tracking_events where {database.IsAnyOf("id", "@ids")}
            """,
            parameters,
            cancellationToken
        );
        await ExecuteAsync(transaction, $"delete from cost_tracking_events where {database.IsAnyOf("id", "@ids")}", parameters, cancellationToken);
        await CountAsync(transaction, rows.Length, cancellationToken);
    }

    private async Task PutBackAsync(LedgerTransaction transaction, ArchiveFile file, StoredEvent[] rows, CancellationToken cancellationToken)
    {
        await AdvanceAsync(transaction, file, "archived_from", file.ArchivedFrom, rows.Length, ArchiveStates.Restoring, cancellationToken);
        await StoredEventTable.InsertAsync(transaction, rows, cancellationToken);
        var parameters = new { ids = database.List(rows.Select(row => row.Id)) };
        var sql = $"delete from archived_event_ids where {database.IsAnyOf("id", "@ids")}";
        if (await ExecuteAsync(transaction, sql, parameters, cancellationToken) != rows.Length)
            throw new ArchiveException($"The database does not hold the ids of {file.Path}. Nothing more was put back into it.");
        await CountAsync(transaction, -rows.Length, cancellationToken);
    }

    // Where somebody else has moved the file's rows meanwhile, nothing happens.
    private static async Task AdvanceAsync(
        LedgerTransaction transaction,
        ArchiveFile file,
        string column,
        long from,
        int count,
        string state,
        CancellationToken cancellationToken
    )
    {
        var sql = $"update archive_files set {column} = @to where id = @Id and {column} = @from and state = @state";
        var parameters = new
        {
            file.Id,
            from,
            to = from + count,
            state,
        };
        if (await transaction.Connection.ExecuteAsync(Command(transaction, sql, parameters, cancellationToken)) != 1)
            throw new ArchiveException($"Another server moves the events of {file.Path}. This one stops; nothing is lost.");
    }

    private static Task<int> CountAsync(LedgerTransaction transaction, long count, CancellationToken cancellationToken) =>
        ExecuteAsync(transaction, "update ledger_state set value = value + @count where name = 'archived_events'", new { count }, cancellationToken);

    private static Task<int> ExecuteAsync(LedgerTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(Command(transaction, sql, parameters, cancellationToken));

    private static CommandDefinition Command(LedgerTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, transaction.Transaction, commandTimeout: 0, cancellationToken: cancellationToken);

    private sealed record Amount
    {
        public long Events { get; init; }

        public decimal? CostUsd { get; init; }
    }
}
