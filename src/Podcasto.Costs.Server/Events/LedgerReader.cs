using System.Runtime.CompilerServices;
using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Events;

/// <summary>Reads the ledger from front to back, in constant memory.</summary>
internal sealed class LedgerReader(Database database)
{
    /// <summary>The events of a month in the order of time and id, all as of the moment when the first is read.</summary>
    public async IAsyncEnumerable<StoredEvent> ReadMonthAsync(Month month, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Sql = $"{StoredEvent.Select} where e.timestamp >= @from and e.timestamp < @to order by e.timestamp, e.id";
        await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
        var parameters = new { from = month.Start, to = month.End };
        var rows = snapshot.Connection.QueryUnbufferedAsync<StoredEvent>(Sql, parameters, snapshot.Transaction, commandTimeout: 0);
        await foreach (var row in rows.WithCancellation(cancellationToken))
            yield return row;
    }
}
