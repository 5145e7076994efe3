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

    public Task SetStateAsync(ArchiveFile file, string state, CancellationToken cancellationToken) =>
        WriteAsync("update archive_files set state = @state where id = @Id", new { file.Id, state }, cancellationToken);

    public Task DeleteAsync(ArchiveFile file, CancellationToken cancellationToken) =>
        WriteAsync("delete from archive_files where id = @Id and archived_from >= archived_to", new { file.Id }, cancellationToken);

    private async Task WriteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(LedgerAccess.Shared, cancellationToken);
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: cancellationToken)
        );
        await transaction.CommitAsync(cancellationToken);
    }
}
