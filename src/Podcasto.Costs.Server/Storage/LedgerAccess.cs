namespace Podcasto.Costs.Server.Storage;

/// <summary>How a write transaction shares the ledger with others.</summary>
internal enum LedgerAccess
{
    /// <summary>Beside other shared ones: taking events in. Prices and the catalog's episodes stand still meanwhile.</summary>
    Shared,

    /// <summary>Alone: what changes the price or the podcast of events still to come, and rebuilding rollups.</summary>
    Exclusive,
}
