using Npgsql;
using NpgsqlTypes;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Pricing;
using Podcasto.Costs.Server.Rollups;
using Podcasto.Costs.Server.Storage;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Ingest.Writing.Postgres;

/// <summary>
/// Commits a small batch in two round trips instead of six, on three assumptions: prices have not changed, the catalog is as it was,
/// and no id is there yet. All are checked before the commit; where one fails, nothing has happened.
/// </summary>
internal sealed class SmallBatchCommit(PostgresDatabase database, CategoryRules categories)
{
    private readonly CatalogGuesses _guesses = new();

    /// <summary>Stores the batch and moves the rollups.</summary>
    /// <returns>Whether it is committed. If not, an assumption was wrong and nothing is stored.</returns>
    public async Task<bool> TryAsync(LedgerBatch batch, IReadOnlyCollection<Guid> episodes, DateTimeOffset at)
    {
        var guessed = _guesses.For(episodes);
        var delta = RollupDelta.Of(batch.Events, guessed, categories);
        await using var transaction = await database.BeginWritingAsync(CancellationToken.None);
        var found = await StoreAsync((NpgsqlConnection)transaction.Connection, batch.Events, episodes, delta, at);
        var guessedRight = _guesses.Learn(guessed, found.Podcasts);
        if (!guessedRight || found.PriceVersion != batch.PriceVersion || found.Inserted != batch.Events.Count)
            return false;
        await transaction.RunAndCommitAsync(database, new SummaryChanges(delta, at, found.EpisodeDays).Upserts());
        return true;
    }

    private async Task<Found> StoreAsync(
        NpgsqlConnection connection,
        IReadOnlyList<PricedEvent> events,
        IReadOnlyCollection<Guid> episodes,
        RollupDelta delta,
        DateTimeOffset at
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        PostgresOpening.AddTo(batch, episodes);
        var insert = new NpgsqlBatchCommand(EventArrays.Insert);
        EventArrays.AddTo(insert.Parameters, events, at);
        batch.BatchCommands.Add(insert);
        foreach (var upsert in RollupWriter.EpisodeUpserts(delta, at).Where(upsert => !upsert.IsEmpty))
            batch.BatchCommands.Add(upsert.ForPostgres(database));
        if (EpisodeMonths.ReadCommand(delta) is { } read)
            batch.BatchCommands.Add(read);

        await using var reader = await batch.ExecuteReaderAsync();
        var (version, podcasts) = await PostgresOpening.ReadAsync(reader);
        await reader.NextResultAsync();
        var inserted = 0;
        while (await reader.ReadAsync())
            inserted++;
        // Upserts have no rows to read, so the next result is that of the read, if there is one.
        var days = await reader.NextResultAsync() ? await EpisodeMonths.ReadAsync(reader, CancellationToken.None) : [];
        return new Found(version, podcasts, inserted, days);
    }

    private sealed record Found(long PriceVersion, Dictionary<Guid, Guid> Podcasts, int Inserted, IReadOnlyList<EpisodeDayRow> EpisodeDays);
}
