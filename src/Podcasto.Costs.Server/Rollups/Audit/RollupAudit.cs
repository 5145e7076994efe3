using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>
/// Compares rollups with their events, part by part: a day, a month, a range of episodes. A part is computed and compared in a snapshot,
/// which holds nobody up. To repair is to write what was found with the ledger to oneself, or to compare anew where the part changed meanwhile.
/// </summary>
internal sealed class RollupAudit(Database database, DaySums daySums, EpisodeSums episodeSums, ArchiveReader archive, TimeProvider clock)
{
    // How often a part waits for a file before it is read at all costs.
    private const int MaxFetches = 5;

    private const string OfDay = "day = @day";
    private const string OfMonth = "month = @first";
    private const string OfRange = "episode_id between @first and @last";

    private readonly TableAudit<EpisodeDayRow> _episodeDays = new(RollupTables.EpisodeDays);
    private readonly TableAudit<CellRow> _podcastDayCells = new(RollupTables.PodcastDayCells);
    private readonly TableAudit<CellRow> _dayCells = new(RollupTables.DayCells);
    private readonly TableAudit<DayRow> _days = new(RollupTables.DailyCostSummary);
    private readonly TableAudit<PodcastMonthRow> _podcastMonths = new(RollupTables.PodcastMonths);
    private readonly TableAudit<MonthRow> _months = new(RollupTables.MonthTotals);
    private readonly TableAudit<EpisodeCostRow> _episodes = new(RollupTables.EpisodeCosts);

    /// <summary>All that is kept per day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="repair">Whether to make it right.</param>
    /// <param name="spool">Takes what the day's events cost their episodes; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<Difference>> DayAsync(DateOnly day, bool repair, EpisodeSpool? spool, CancellationToken cancellationToken)
    {
        var parameters = new { day };
        RollupDelta? sums = null;
        using var archived = new ArchivedSpan(archive, day, day);
        var differences = await RunAsync(
            repair,
            transaction => PartState.OfDayAsync(transaction, parameters, cancellationToken),
            async transaction =>
            {
                sums = await daySums.OfAsync(transaction, day, withNamings: spool is not null, cancellationToken);
                return await CompareAsync(transaction, sums, parameters, cancellationToken);
            },
            archived,
            cancellationToken
        );
        if (spool is not null)
            await spool.AddAsync(sums!.Episodes.Values, cancellationToken);
        return differences;
    }

    /// <summary>All that is kept per month; its days are taken to be right.</summary>
    public Task<IReadOnlyList<Difference>> MonthAsync(Month month, bool repair, CancellationToken cancellationToken)
    {
        var parameters = new { first = month.FirstDay, last = month.LastDay };
        return RunAsync(
            repair,
            transaction => PartState.OfMonthAsync(transaction, parameters, cancellationToken),
            async transaction =>
            {
                var totals = await MonthSums.OfMonthAsync(transaction, month, clock.GetUtcNow(), cancellationToken);
                var podcasts = await MonthSums.OfPodcastsAsync(transaction, month, cancellationToken);
                return
                [
                    await _months.CompareAsync(transaction, totals, OfMonth, parameters, cancellationToken),
                    await _podcastMonths.CompareAsync(transaction, podcasts, OfMonth, parameters, cancellationToken),
                ];
            },
            archived: null,
            cancellationToken
        );
    }

    /// <summary>All that is kept per episode.</summary>
    /// <param name="part">The episodes.</param>
    /// <param name="archived">Their archived events.</param>
    /// <param name="repair">Whether to make it right.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<IReadOnlyList<Difference>> EpisodesAsync(
        EpisodePart part,
        ArchivedEpisodes archived,
        bool repair,
        CancellationToken cancellationToken
    )
    {
        var parameters = new { first = part.Range.First, last = part.Range.Last };
        return RunAsync(
            repair,
            transaction => PartState.OfEpisodesAsync(transaction, parameters, cancellationToken),
            async transaction =>
            {
                var at = clock.GetUtcNow();
                var costs = await episodeSums.OfAsync(transaction, part, archived, cancellationToken);
                var rows = costs.Select(cost => new EpisodeCostRow(cost, at));
                return [await _episodes.CompareAsync(transaction, rows, OfRange, parameters, cancellationToken)];
            },
            archived,
            cancellationToken
        );
    }

    private Task<IReadOnlyList<Difference>> RunAsync(
        bool repair,
        Func<LedgerTransaction, Task<PartState>> readState,
        Func<LedgerTransaction, Task<IReadOnlyList<TableRepair>>> compare,
        IArchivedPart? archived,
        CancellationToken cancellationToken
    ) => MovedFiles.RetryAsync(() => RunOnceAsync(repair, readState, compare, archived, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<Difference>> RunOnceAsync(
        bool repair,
        Func<LedgerTransaction, Task<PartState>> readState,
        Func<LedgerTransaction, Task<IReadOnlyList<TableRepair>>> compare,
        IArchivedPart? archived,
        CancellationToken cancellationToken
    )
    {
        PartState state;
        IReadOnlyList<TableRepair> tables;
        await using (var snapshot = await database.BeginSnapshotAsync(cancellationToken, sumsUp: true))
        {
            // The state comes first: where the sums are newer than it, it is found to have changed.
            state = await readState(snapshot);
            tables = await compare(snapshot);
        }

        if (repair && tables.Any(table => table.Differences.Count > 0))
            tables = await RepairAsync(tables, async transaction => await readState(transaction) == state, compare, archived, cancellationToken);
        return [.. tables.SelectMany(table => table.Differences)];
    }

    private async Task<IReadOnlyList<TableRepair>> RepairAsync(
        IReadOnlyList<TableRepair> tables,
        Func<LedgerTransaction, Task<bool>> isUpToDate,
        Func<LedgerTransaction, Task<IReadOnlyList<TableRepair>>> compare,
        IArchivedPart? archived,
        CancellationToken cancellationToken
    )
    {
        for (var fetches = 0; ; fetches++)
        {
            await using (var transaction = await database.BeginAsync(LedgerAccess.Exclusive, cancellationToken))
            {
                var isSame = await isUpToDate(transaction);
                if (isSame || archived is null || fetches == MaxFetches || await archived.IsAtHandAsync(transaction, cancellationToken))
                {
                    if (!isSame)
                        tables = await compare(transaction);
                    foreach (var table in tables)
                        await table.WriteAsync(transaction, database, cancellationToken);
                    await LedgerCounter.DayRepairs.IncreaseAsync(transaction, cancellationToken);
                    await transaction.CommitAsync(cancellationToken);
                    return tables;
                }
            }

            // The ledger is let go meanwhile: a download would hold ingestion up.
            await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
            await archived.FetchAsync(snapshot, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<TableRepair>> CompareAsync(
        LedgerTransaction transaction,
        RollupDelta sums,
        object parameters,
        CancellationToken cancellationToken
    )
    {
        var episodeDays = sums.EpisodeDays.Select(entry => new EpisodeDayRow(entry.Key, entry.Value));
        var podcastCells = sums.PodcastCells.Select(entry => new CellRow(entry.Key, entry.Value));
        var cells = sums.DayCells().Select(entry => new CellRow(entry.Key, entry.Value));
        return
        [
            await _episodeDays.CompareAsync(transaction, episodeDays, OfDay, parameters, cancellationToken),
            await _podcastDayCells.CompareAsync(transaction, podcastCells, OfDay, parameters, cancellationToken),
            await _dayCells.CompareAsync(transaction, cells, OfDay, parameters, cancellationToken),
            await _days.CompareAsync(transaction, Summary(sums), "date = @day", parameters, cancellationToken),
        ];
    }

    private List<DayRow> Summary(RollupDelta sums)
    {
        var days = sums.Days().Select(entry => new DayRow(entry.Key, entry.Value, clock.GetUtcNow())).ToList();
        foreach (var episode in sums.EpisodeDays.GroupBy(entry => entry.Key.EpisodeId))
        {
            days[0].EpisodeCount++;
            days[0].Consider(episode.Key, episode.Sum(entry => entry.Value.CostUsd));
        }

        return days;
    }
}
