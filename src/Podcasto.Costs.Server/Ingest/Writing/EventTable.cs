using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Ingest.Writing;

/// <summary>Writes events to the ledger table, each engine its fastest way.</summary>
internal abstract class EventTable
{
    /// <summary>Stores a batch and moves the rollups the shortest way, where the engine has one and it leads there.</summary>
    /// <returns>Whether the batch is committed, all of it new; if not, nothing has happened.</returns>
    public virtual Task<bool> TryCommitAtOnceAsync(LedgerBatch batch, IReadOnlyCollection<Guid> episodes, DateTimeOffset at) =>
        Task.FromResult(false);

    /// <summary>Begins a transaction for a batch.</summary>
    /// <param name="episodes">The episodes of its events, each once.</param>
    public abstract Task<OpenLedger> OpenAsync(IReadOnlyCollection<Guid> episodes);

    /// <summary>Inserts events whose ids are not there yet.</summary>
    /// <param name="transaction">A shared transaction.</param>
    /// <param name="events">Without repeated ids, sorted by id.</param>
    /// <param name="at">When they were stored.</param>
    /// <param name="knownToRepeat">Whether some ids exist already; without it, one that does may end the transaction with a duplicate key.</param>
    /// <returns>Which of them were new.</returns>
    public abstract Task<bool[]> InsertAsync(LedgerTransaction transaction, IReadOnlyList<PricedEvent> events, DateTimeOffset at, bool knownToRepeat);
}
