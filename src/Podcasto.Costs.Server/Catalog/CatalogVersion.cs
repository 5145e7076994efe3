using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Catalog;

/// <summary>A counter of the changes of episodes' podcasts: whoever computes with them sees whether they stand as they stood.</summary>
internal static class CatalogVersion
{
    /// <summary>The version, as an expression.</summary>
    public const string Sql = "coalesce((select value from ledger_state where name = 'catalog_version'), 0)";

    /// <summary>Counts one change; the caller has the ledger to itself.</summary>
    public static Task IncreaseAsync(LedgerTransaction transaction, CancellationToken cancellationToken)
    {
        const string Increase = """
            insert into ledger_state as s (name, value) values ('catalog_version', 1) on conflict (name) do update set value = s.value + 1
            """;
        return transaction.Connection.ExecuteAsync(
            new CommandDefinition(Increase, transaction: transaction.Transaction, cancellationToken: cancellationToken)
        );
    }
}
