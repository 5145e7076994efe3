using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Compares rollups with their events, part by part: a day, a month, a range of episodes. Repairing is comparing with the ledger to oneself.</summary>
internal sealed class RollupAudit(Database database, EventSums events, CategoryRules categories, TimeProvider clock)
{
    private const string OfDay = "day = @day";
    private const string OfMonth = "month = @first";

    private readonly TableAudit<EpisodeDayRow> _episodeDays = new(RollupTables.EpisodeDays);
    private readonly TableAudit<CellRow> _podcastDayCells = new(RollupTables.PodcastDayCells);
    private readonly TableAudit<CellRow> _dayCells = new(RollupTables.DayCells);
    private readonly TableAudit<DayRow> _days = new(RollupTables.DailyCostSummary);
    private readonly TableAudit<PodcastMonthRow> _podcastMonths = new(RollupTables.PodcastMonths);
    private readonly TableAudit<MonthRow> _months = new(RollupTables.MonthTotals);
    private readonly TableAudit<EpisodeCostRow> _episodes = new(RollupTables.EpisodeCosts);

    /// <summary>All that is kept per day.</summary>
    public Task<List<Difference>> DayAsync(DateOnly day, bool repair, CancellationToken cancellationToken) =>
        RunAsync(repair, (transaction, target) => DayAsync(transaction, target, day, cancellationToken), cancellationToken);

    /// <summary>All that is kept per month; its days are taken to be right.</summary>
    public Task<List<Difference>> MonthAsync(Month month, bool repair, CancellationToken cancellationToken) =>
        RunAsync(repair, (transaction, target) => MonthAsync(transaction, target, month, cancellationToken), cancellationToken);

    /// <summary>All that is kept per episode.</summary>
    public Task<List<Difference>> EpisodesAsync(EpisodeRange range, ArchivedEpisodes archived, bool repair, CancellationToken cancellationToken) =>
        RunAsync(repair, (transaction, target) => EpisodesAsync(transaction, target, range, archived, cancellationToken), cancellationToken);

    private async Task<List<Difference>> RunAsync(
        bool repair,
        Func<LedgerTransaction, Database?, Task<List<Difference>>> audit,
        CancellationToken cancellationToken
    )
    {
        // Comparing reads one state and holds nobody up; repairing keeps writers out of the ledger for the length of one part.
        await using var transaction = repair
            ? await database.BeginAsync(LedgerAccess.Exclusive, cancellationToken)
            : await database.BeginSnapshotAsync(cancellationToken);
        var differences = await audit(transaction, repair ? database : null);
        if (repair && differences.Count > 0)
            await transaction.CommitAsync(cancellationToken);
        return differences;
    }

    private async Task<List<Difference>> DayAsync(LedgerTransaction transaction, Database? target, DateOnly day, CancellationToken cancellationToken)
    {
        var sums = new RollupDelta(categories);
        await foreach (var contribution in events.OfDayAsync(transaction, day, cancellationToken))
            sums.AddToDays(contribution);
        var summary = sums.Days().Select(entry => new DayRow(entry.Key, entry.Value, clock.GetUtcNow())).ToList();
        foreach (var episode in sums.EpisodeDays.GroupBy(entry => entry.Key.EpisodeId))
        {
            summary[0].EpisodeCount++;
            summary[0].Consider(episode.Key, episode.Sum(entry => entry.Value.CostUsd));
        }

        var parameters = new { day };
        return
        [
            .. await _episodeDays.RunAsync(
                transaction,
                sums.EpisodeDays.Select(entry => new EpisodeDayRow(entry.Key, entry.Value)),
                OfDay,
                parameters,
                target,
                cancellationToken
            ),
            .. await _podcastDayCells.RunAsync(
                transaction,
                sums.PodcastCells.Select(entry => new CellRow(entry.Key, entry.Value)),
                OfDay,
                parameters,
                target,
                cancellationToken
            ),
            .. await _dayCells.RunAsync(
                transaction,
                sums.DayCells().Select(entry => new CellRow(entry.Key, entry.Value)),
                OfDay,
                parameters,
                target,
                cancellationToken
            ),
            .. await _days.RunAsync(transaction, summary, "date = @day", parameters, target, cancellationToken),
        ];
    }

    private async Task<List<Difference>> MonthAsync(LedgerTransaction transaction, Database? target, Month month, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var parameters = new { first = month.FirstDay, last = month.LastDay };
        var totals = await MonthSums.OfMonthAsync(transaction, month, at, cancellationToken);
        var podcasts = await MonthSums.OfPodcastsAsync(transaction, month, cancellationToken);
        return
        [
            .. await _months.RunAsync(transaction, totals, OfMonth, parameters, target, cancellationToken),
            .. await _podcastMonths.RunAsync(transaction, podcasts, OfMonth, parameters, target, cancellationToken),
        ];
    }

    private async Task<List<Difference>> EpisodesAsync(
        LedgerTransaction transaction,
        Database? target,
        EpisodeRange range,
        ArchivedEpisodes archived,
        CancellationToken cancellationToken
    )
    {
        var at = clock.GetUtcNow();
        var episodes = await EventSums.OfEpisodesAsync(transaction, archived, range, categories, cancellationToken);
        var rows = episodes.Values.Select(episode => new EpisodeCostRow(episode, at));
        return await _episodes.RunAsync(
            transaction,
            rows,
            "episode_id between @first and @last",
            new { first = range.First, last = range.Last },
            target,
            cancellationToken
        );
    }
}
