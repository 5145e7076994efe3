using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive;

/// <summary>The table of files.</summary>
internal sealed class ArchiveIndex(Database database)
{
    private const string Columns = "id, month, path, sha256, byte_count, row_count, total_cost_usd, state, archived_from, archived_to, created_at";

    /// <summary>Files with archived rows, as of a transaction, by month and age.</summary>
    /// <param name="transaction">What is read with it fits what it says.</param>
    /// <param name="from">The first day that matters; null for no bound.</param>
    /// <param name="to">The last day that matters; null for no bound.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<IReadOnlyList<ArchiveFile>> ReadableAsync(
        LedgerTransaction transaction,
        DateOnly? from,
        DateOnly? to,
        CancellationToken cancellationToken
    )
    {
        const string Sql = $"""
            select {Columns} from archive_files
            where archived_from < archived_to and month >= @first and month <= @last order by month, created_at, id
            """;
        var parameters = new { first = from is { } day ? new DateOnly(day.Year, day.Month, 1) : DateOnly.MinValue, last = to ?? DateOnly.MaxValue };
        return (
            await transaction.Connection.QueryAsync<ArchiveFile>(
                new CommandDefinition(Sql, parameters, transaction.Transaction, cancellationToken: cancellationToken)
            )
        ).AsList();
    }

    /// <summary>All files of a month, also those that are being written, by age.</summary>
    public async Task<IReadOnlyList<ArchiveFile>> OfMonthAsync(DateOnly month, CancellationToken cancellationToken)
    {
        const string Sql = $"select {Columns} from archive_files where month = @month order by created_at, id";
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<ArchiveFile>(new CommandDefinition(Sql, new { month }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>The file of an archived event; null where the event is not archived.</summary>
    public static async Task<ArchiveFile?> OfEventAsync(LedgerTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        const string Sql = $"select {Columns} from archive_files where id = (select file_id from archived_event_ids where id = @id)";
        return await transaction.Connection.QuerySingleOrDefaultAsync<ArchiveFile>(
            new CommandDefinition(Sql, new { id }, transaction.Transaction, cancellationToken: cancellationToken)
        );
    }

    public Task AddAsync(ArchiveFile file, CancellationToken cancellationToken) =>
        WriteAsync(
            $"""
            insert into archive_files ({Columns})
            values (@Id, @Month, @Path, @Sha256, @ByteCount, @RowCount, @TotalCostUsd, @State, @ArchivedFrom, @ArchivedTo, @CreatedAt)
            """,
            file,
            cancellationToken
        );

    /// <summary>Whether a file is still needed: one that is being deleted holds nothing.</summary>
    public async Task<bool> HasAsync(Guid id, CancellationToken cancellationToken)
    {
        const string Sql = "select 1 from archive_files where id = @id and state <> 'deleting'";
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long?>(new CommandDefinition(Sql, new { id }, cancellationToken: cancellationToken)) is not null;
    }

    /// <summary>Takes a file from one of some states into another.</summary>
    /// <returns>Whether it was in one of them.</returns>
    public async Task<bool> TrySetStateAsync(ArchiveFile file, IEnumerable<string> from, string to, CancellationToken cancellationToken)
    {
        var sql = $"update archive_files set state = @to where id = @Id and {database.IsAnyOf("state", "@from")}";
        var parameters = new
        {
            file.Id,
            from = database.List(from),
            to,
        };
        return await WriteAsync(sql, parameters, cancellationToken) == 1;
    }

    /// <inheritdoc cref="TrySetStateAsync" path="/summary"/>
    /// <exception cref="ArchiveException">It was in none of them.</exception>
    public async Task SetStateAsync(ArchiveFile file, IEnumerable<string> from, string to, CancellationToken cancellationToken)
    {
        if (!await TrySetStateAsync(file, from, to, cancellationToken))
            throw new ArchiveException($"Another server moves the events of {file.Path}. This one stops; nothing is lost.");
    }

    /// <summary>Makes sure that nothing of a file is archived, or will be.</summary>
    /// <returns>Whether it may be deleted.</returns>
    public async Task<bool> TryGiveUpAsync(ArchiveFile file, CancellationToken cancellationToken) =>
        await WriteAsync(
            """
            update archive_files set state = 'deleting'
            where id = @Id and archived_from >= archived_to and state in ('writing', 'restoring', 'deleting')
            """,
            new { file.Id },
            cancellationToken
        ) == 1;

    public Task DeleteAsync(ArchiveFile file, CancellationToken cancellationToken) =>
        WriteAsync("delete from archive_files where id = @Id and state = 'deleting'", new { file.Id }, cancellationToken);

    private async Task<int> WriteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(LedgerAccess.Shared, cancellationToken);
        var rows = await transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: cancellationToken)
        );
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }
}
