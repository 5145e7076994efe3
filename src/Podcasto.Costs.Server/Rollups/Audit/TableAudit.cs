using Dapper;
using Podcasto.Costs.Server.Storage;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Compares a part of a rollup table with the rows that the events give.</summary>
internal sealed class TableAudit<TRow>(UpsertTable<TRow> table)
{
    // When a row was written is not what it says.
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "created_at",
        "updated_at",
        "last_updated",
        "cost_calculated_at",
    };

    private readonly UpsertColumn<TRow>[] _columns = [.. table.Columns.Where(column => !Ignored.Contains(column.Name))];

    /// <summary>Compares.</summary>
    /// <param name="transaction">Sees events and rollups in one state.</param>
    /// <param name="expected">What the events of the part give.</param>
    /// <param name="part">The part: a condition, with its parameters.</param>
    /// <param name="parameters">The parameters of <paramref name="part"/>.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public async Task<TableRepair> CompareAsync(
        LedgerTransaction transaction,
        IEnumerable<TRow> expected,
        string part,
        object parameters,
        CancellationToken cancellationToken
    )
    {
        var differences = new List<Difference>();
        var missing = expected.ToDictionary(Key, StringComparer.Ordinal);
        var right = new SortedDictionary<string, TRow>(StringComparer.Ordinal);
        var strays = new List<string?[]>();
        await foreach (var stored in ReadAsync(transaction, part, parameters, cancellationToken))
        {
            var key = string.Join('/', stored[..table.Keys.Count]);
            if (!missing.Remove(key, out var row))
            {
                differences.Add(new Difference(table.Name, key, null, null, "a row"));
                strays.Add(stored[..table.Keys.Count]);
            }
            else if (Compare(row, stored, key) is { } difference)
            {
                differences.Add(difference);
                right.Add(key, row);
            }
        }

        foreach (var (key, row) in missing)
        {
            differences.Add(new Difference(table.Name, key, null, "a row", null));
            right.Add(key, row);
        }

        return new TableRepair<TRow>(table, differences, [.. right.Values], strays);
    }

    private string Key(TRow row) => string.Join('/', _columns.Take(table.Keys.Count).Select(column => RowText.Of(column.Value(row))));

    private Difference? Compare(TRow row, string?[] stored, string key)
    {
        for (var index = table.Keys.Count; index < _columns.Length; index++)
        {
            var expected = RowText.Of(_columns[index].Value(row));
            if (!string.Equals(expected, stored[index], StringComparison.Ordinal))
                return new Difference(table.Name, key, _columns[index].Name, expected ?? "null", stored[index] ?? "null");
        }

        return null;
    }

    private async IAsyncEnumerable<string?[]> ReadAsync(
        LedgerTransaction transaction,
        string part,
        object parameters,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var sql = $"select {string.Join(", ", _columns.Select(column => column.Name))} from {table.Name} where {part}";
        var command = new CommandDefinition(sql, parameters, transaction.Transaction, commandTimeout: 0, cancellationToken: cancellationToken);
        await using var reader = await transaction.Connection.ExecuteReaderAsync(command);
        while (await reader.ReadAsync(cancellationToken))
            yield return [.. _columns.Select((column, index) => RowText.Read(reader, index, column.Type))];
    }
}
