using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Ingest.Writing;

/// <summary>A transaction that takes events in, with what it must know of the ledger as it stands while the transaction lasts.</summary>
/// <param name="Transaction">Shared: prices and the catalog's episodes stand still.</param>
/// <param name="PriceVersion">The version of the price table.</param>
/// <param name="ArchivedEvents">How many events have left the ledger's table for the archive.</param>
/// <param name="Podcasts">The catalog's podcast of each episode of the batch that it knows.</param>
internal sealed record OpenLedger(LedgerTransaction Transaction, long PriceVersion, long ArchivedEvents, IReadOnlyDictionary<Guid, Guid> Podcasts)
    : IAsyncDisposable
{
    /// <summary>Reads the version and the count.</summary>
    public const string ReadState = """
        select prices.value, archived.value from ledger_state prices, ledger_state archived
        where prices.name = 'price_version' and archived.name = 'archived_events'
        """;

    public ValueTask DisposeAsync() => Transaction.DisposeAsync();
}
