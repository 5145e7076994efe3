using Dapper;
using Podcasto.Costs.Server.Storage;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>What a part of a rollup table has wrong, and what puts it right.</summary>
internal abstract class TableRepair(IReadOnlyList<Difference> differences)
{
    public IReadOnlyList<Difference> Differences { get; } = differences;

    /// <summary>Puts it right, with the ledger to itself; the state is still the one that was compared.</summary>
    public abstract Task WriteAsync(LedgerTransaction transaction, Database database, CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <param name="table">The table.</param>
/// <param name="differences">One a row.</param>
/// <param name="right">The rows that are missing or wrong, as they should be, in the order of their keys.</param>
/// <param name="strays">The keys, as text, of rows that should not be there.</param>
internal sealed class TableRepair<TRow>(
    UpsertTable<TRow> table,
    IReadOnlyList<Difference> differences,
    IReadOnlyList<TRow> right,
    IReadOnlyList<string?[]> strays
) : TableRepair(differences)
{
    private const int RowsInStatement = 5_000;

    public override async Task WriteAsync(LedgerTransaction transaction, Database database, CancellationToken cancellationToken)
    {
        if (strays.Count > 0)
            await DeleteAsync(transaction, database, cancellationToken);
        // Rows are set, not added to: another rebuild may have written the same ones meanwhile.
        foreach (var rows in right.Chunk(RowsInStatement))
            await transaction.RunAsync(database, [Upsert.Replacing(table, rows)], cancellationToken);
    }

    // The texts of key columns are what both engines take for them.
    private async Task DeleteAsync(LedgerTransaction transaction, Database database, CancellationToken cancellationToken)
    {
        var condition = string.Join(" and ", table.Keys.Select((key, index) => $"{key} = {database.Cast($"@k{index}", table.Columns[index].Type)}"));
        foreach (var key in strays)
        {
            var parameters = new DynamicParameters();
            for (var index = 0; index < key.Length; index++)
                parameters.Add($"k{index}", key[index]);
            await transaction.Connection.ExecuteAsync(
                new CommandDefinition(
                    $"delete from {table.Name} where {condition}",
                    parameters,
                    transaction.Transaction,
                    cancellationToken: cancellationToken
                )
            );
        }
    }
}
