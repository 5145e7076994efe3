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
/// Commits a small batch in two round trips instead of six, on assumptions: prices have not changed, the catalog is as it was,
/// no id is there yet, and none is archived. All are checked before the commit; where one fails, nothing has happened.
/// </summary>
internal sealed class SmallBatchCommit(PostgresDatabase database, CategoryRules categories)
{
    private readonly CatalogGuesses _guesses = new();
    private volatile bool _guessArchive;

    /// <summary>Stores the batch and moves the rollups.</summary>
    /// <returns>Whether it is committed. If not, an assumption was wrong and nothing is stored.</returns>
    public async Task<bool> TryAsync(LedgerBatch batch, IReadOnlyCollection<Guid> episodes, DateTimeOffset at)
    {
        var guessed = _guesses.For(episodes);
        var delta = RollupDelta.Of(batch.Events, guessed, categories);
        await using var transaction = await database.BeginWritingAsync(CancellationToken.None);
        var found = await StoreAsync((NpgsqlConnection)transaction.Connection, batch.Events, episodes, delta, at);
        var guessedRight = _guesses.Learn(guessed, found.Podcasts);
        _guessArchive = found.ArchivedEvents > 0;
        var isUnasked = found.ArchivedEvents > 0 && !found.AskedArchive;
        if (!guessedRight || isUnasked || found.IsArchived || found.PriceVersion != batch.PriceVersion || found.Inserted != batch.Events.Count)
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
        // Only where there is an archive at all: it costs every batch a look.
        var askArchive = _guessArchive;
        if (askArchive)
            batch.BatchCommands.Add(ArchivedAmong(events));
        var insert = new NpgsqlBatchCommand(EventArrays.Insert);
        EventArrays.AddTo(insert.Parameters, events, at);
        batch.BatchCommands.Add(insert);
        foreach (var upsert in RollupWriter.EpisodeUpserts(delta, at).Where(upsert => !upsert.IsEmpty))
            batch.BatchCommands.Add(upsert.ForPostgres(database));
        if (EpisodeMonths.ReadCommand(delta) is { } read)
            batch.BatchCommands.Add(read);

        await using var reader = await batch.ExecuteReaderAsync();
        var (version, archivedEvents, podcasts) = await PostgresOpening.ReadAsync(reader);
        await reader.NextResultAsync();
        var isArchived = false;
        if (askArchive)
        {
            isArchived = await reader.ReadAsync();
            await reader.NextResultAsync();
        }

        var inserted = 0;
        while (await reader.ReadAsync())
            inserted++;
        // Upserts have no rows to read, so the next result is that of the read, if there is one.
        var days = await reader.NextResultAsync() ? await EpisodeMonths.ReadAsync(reader, CancellationToken.None) : [];
        return new Found(version, archivedEvents, askArchive, isArchived, podcasts, inserted, days);
    }

    private static NpgsqlBatchCommand ArchivedAmong(IReadOnlyList<PricedEvent> events)
    {
        var command = new NpgsqlBatchCommand("select id from archived_event_ids where id = any($1)");
        command.Parameters.Add(
            new NpgsqlParameter<Guid[]>
            {
                TypedValue = [.. events.Select(priced => priced.Event.Id)],
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
            }
        );
        return command;
    }

    /// <param name="PriceVersion">The version of the price table.</param>
    /// <param name="ArchivedEvents">How many events are archived.</param>
    /// <param name="AskedArchive">Whether the archive was asked for the ids of the batch.</param>
    /// <param name="IsArchived">Whether one of them is.</param>
    /// <param name="Podcasts">The catalog's podcasts.</param>
    /// <param name="Inserted">How many events were new to the table.</param>
    /// <param name="EpisodeDays">All days, after the batch, of the months in which it touches an episode.</param>
    private sealed record Found(
        long PriceVersion,
        long ArchivedEvents,
        bool AskedArchive,
        bool IsArchived,
        Dictionary<Guid, Guid> Podcasts,
        int Inserted,
        IReadOnlyList<EpisodeDayRow> EpisodeDays
    );
}
