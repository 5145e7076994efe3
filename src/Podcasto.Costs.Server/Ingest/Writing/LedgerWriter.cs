using Dapper;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive;
using Podcasto.Costs.Server.Pricing;
using Podcasto.Costs.Server.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Ingest.Writing;

/// <summary>Stores the events of a group of requests and moves the rollups, in one transaction.</summary>
internal sealed partial class LedgerWriter(
    Database database,
    EventTable table,
    PriceBooks prices,
    RollupWriter rollups,
    CategoryRules categories,
    TimeProvider clock,
    IngestMetrics metrics,
    IOptions<IngestOptions> options,
    ILogger<LedgerWriter> log
)
{
    /// <summary>Commits, then answers every request. Tries again while the database is away, for a bounded time: ids make that harmless.</summary>
    public async Task CommitAsync(IReadOnlyList<IngestRequest> requests)
    {
        var started = clock.GetTimestamp();
        var limit = TimeSpan.FromSeconds(options.Value.RetrySeconds);
        var knownToRepeat = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryCommitAsync(requests, knownToRepeat);
                return;
            }
            catch (Exception exception) when (!knownToRepeat && database.IsDuplicateKey(exception))
            {
                // The fast way takes it that all ids are new. They are not: go the way that asks.
                knownToRepeat = true;
            }
            catch (Exception exception) when (database.IsTransient(exception) && clock.GetElapsedTime(started) < limit)
            {
                Log.TryingAgain(log, exception, attempt);
                metrics.TriedAgain();
                knownToRepeat = true;
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, 10 << Math.Min(attempt, 7))), clock);
            }
        }
    }

    private async Task TryCommitAsync(IReadOnlyList<IngestRequest> requests, bool knownToRepeat)
    {
        var started = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        var at = new DateTimeOffset(now.Ticks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        var episodes = EpisodesOf(requests);
        // Rated before the transaction, by the book as this server knows it; again inside, should there be a newer one.
        var batch = new LedgerBatch(requests, prices.Current);
        if (!knownToRepeat && batch.Events.Count > 0 && await table.TryCommitAtOnceAsync(batch, episodes, at))
            batch.MarkAllInserted();
        else
            batch = await CommitStepByStepAsync(requests, batch, episodes, at, knownToRepeat);

        if (batch.Events.Count > 0)
            metrics.Committed(batch, clock.GetElapsedTime(started));
        batch.Answer();
    }

    private async Task<LedgerBatch> CommitStepByStepAsync(
        IReadOnlyList<IngestRequest> requests,
        LedgerBatch batch,
        IReadOnlyCollection<Guid> episodes,
        DateTimeOffset at,
        bool knownToRepeat
    )
    {
        await using var ledger = await table.OpenAsync(episodes);
        var transaction = ledger.Transaction;
        if (batch.PriceVersion != ledger.PriceVersion)
            batch = new LedgerBatch(requests, await prices.GetAsync(ledger.PriceVersion, transaction, CancellationToken.None));
        if (batch.Events.Count == 0)
            return batch;

        batch.Inserted = await InsertAsync(ledger, batch.Events, at, knownToRepeat);
        if (batch.HasDuplicates)
            batch.Stored = await ReadStoredAsync(ledger, batch.DuplicateIds);
        if (batch.HasNew)
            await rollups.ApplyAndCommitAsync(transaction, RollupDelta.Of(batch.NewEvents, ledger.Podcasts, categories));
        return batch;
    }

    private async Task<bool[]> InsertAsync(OpenLedger ledger, IReadOnlyList<PricedEvent> events, DateTimeOffset at, bool knownToRepeat)
    {
        HashSet<Guid> archived =
            ledger.ArchivedEvents == 0 ? [] : await ArchivedIds.FindAsync(database, ledger.Transaction, events.Select(priced => priced.Event.Id));
        if (archived.Count == 0)
            return await table.InsertAsync(ledger.Transaction, events, at, knownToRepeat);

        var others = events.Where(priced => !archived.Contains(priced.Event.Id)).ToList();
        var inserted = others.Count == 0 ? [] : await table.InsertAsync(ledger.Transaction, others, at, knownToRepeat);
        var next = 0;
        return [.. events.Select(priced => !archived.Contains(priced.Event.Id) && inserted[next++])];
    }

    private static HashSet<Guid> EpisodesOf(IReadOnlyList<IngestRequest> requests)
    {
        var episodes = new HashSet<Guid>();
        foreach (var request in requests)
        {
            foreach (var costEvent in request.Events)
            {
                if (costEvent.EpisodeId is { } episode)
                    episodes.Add(episode);
            }
        }

        return episodes;
    }

    private async Task<Dictionary<Guid, EventOutcome>> ReadStoredAsync(OpenLedger ledger, IReadOnlyList<Guid> ids)
    {
        var stored = new Dictionary<Guid, EventOutcome>();
        await ReadAsync("cost_tracking_events");
        if (ledger.ArchivedEvents > 0)
            await ReadAsync("archived_event_ids");
        return stored;

        async Task ReadAsync(string from)
        {
            var rows = await ledger.Transaction.Connection.QueryAsync<StoredRow>(
                $"select id, unit_cost_usd, total_cost_usd, priced_by from {from} where {database.IsAnyOf("id", "@ids")}",
                new { ids = database.List(ids) },
                ledger.Transaction.Transaction
            );
            foreach (var row in rows)
                stored[row.Id] = new EventOutcome(row.Id, true, row.UnitCostUsd, row.TotalCostUsd, EventColumns.ParsePricedBy(row.PricedBy));
        }
    }

    private sealed record StoredRow
    {
        public Guid Id { get; init; }

        public decimal UnitCostUsd { get; init; }

        public decimal TotalCostUsd { get; init; }

        public string PricedBy { get; init; } = "";
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} to store a batch failed; trying again on a fresh connection")]
        public static partial void TryingAgain(ILogger logger, Exception exception, int attempt);
    }
}
