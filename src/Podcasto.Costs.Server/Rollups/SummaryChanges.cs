using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage.Upserts;

namespace Podcasto.Costs.Server.Rollups;

/// <summary>What a delta changes in the cells and in the summaries of days, months and podcasts.</summary>
internal sealed class SummaryChanges
{
    private readonly RollupDelta _delta;
    private readonly Dictionary<DateOnly, DayRow> _days;
    private readonly Dictionary<Month, MonthRow> _months = [];
    private readonly Dictionary<(Guid PodcastId, Month Month), PodcastMonthRow> _podcastMonths = [];

    /// <param name="delta">The delta.</param>
    /// <param name="at">When it is applied.</param>
    /// <param name="stored">All days, as stored after the delta, of the months in which it touches an episode.</param>
    public SummaryChanges(RollupDelta delta, DateTimeOffset at, IReadOnlyList<EpisodeDayRow> stored)
    {
        _delta = delta;
        _days = delta.Days().ToDictionary(day => day.Key, day => new DayRow(day.Key, day.Value, at));
        foreach (var day in _days.Values)
        {
            var month = Month.Of(day.Day);
            if (!_months.TryGetValue(month, out var row))
                _months.Add(month, row = new MonthRow(month, new GroupCosts(), at));
            row.Costs.Add(day.Costs);
        }

        foreach (var (key, tally) in delta.PodcastCells)
        {
            var row = PodcastMonth(key.PodcastId, Month.Of(key.Day));
            row.CostUsd += tally.CostUsd;
            row.EventCount += tally.EventCount;
        }

        foreach (var (key, tally) in delta.EpisodeDays)
            PodcastMonth(key.PodcastId, Month.Of(key.Day)).EpisodeCostUsd += tally.CostUsd;
        CountEpisodes(stored);
    }

    /// <summary>The changes, hottest rows last: the day and the month are what every transaction waits for.</summary>
    public IReadOnlyList<Upsert> Upserts() =>
        [
            Upsert.Of(RollupTables.PodcastDayCells, Sorted(_delta.PodcastCells)),
            Upsert.Of(
                RollupTables.PodcastMonths,
                [
                    .. _podcastMonths
                        .Values.Where(row => row is not { EventCount: 0, EpisodeCount: 0, CostUsd: 0 })
                        .OrderBy(row => row.PodcastId)
                        .ThenBy(row => row.Month),
                ]
            ),
            Upsert.Of(RollupTables.DayCells, Sorted(_delta.DayCells())),
            Upsert.Of(RollupTables.DailyCostSummary, [.. _days.Values.Where(row => row.Costs.EventCount != 0).OrderBy(row => row.Day)]),
            Upsert.Of(RollupTables.MonthTotals, [.. _months.Values.Where(row => row.Costs.EventCount != 0).OrderBy(row => row.Month)]),
        ];

    // Counts the episodes that are new to (or gone from) a day, a month or a podcast's month, and finds each day's dearest.
    private void CountEpisodes(IReadOnlyList<EpisodeDayRow> stored)
    {
        var days = new Presence<(Guid EpisodeId, DateOnly Day)>();
        var months = new Presence<(Guid EpisodeId, Month Month)>();
        var podcastMonths = new Presence<(Guid EpisodeId, Guid PodcastId, Month Month)>();
        var costs = new Dictionary<(Guid EpisodeId, DateOnly Day), decimal>();
        foreach (var (key, tally) in stored)
        {
            var month = Month.Of(key.Day);
            var change = _delta.EpisodeDays.GetValueOrDefault(key).EventCount;
            days.Add((key.EpisodeId, key.Day), tally.EventCount, change);
            months.Add((key.EpisodeId, month), tally.EventCount, change);
            podcastMonths.Add((key.EpisodeId, key.PodcastId, month), tally.EventCount, change);
            var day = (key.EpisodeId, key.Day);
            costs[day] = costs.GetValueOrDefault(day) + tally.CostUsd;
        }

        foreach (var (key, change) in days.Changes())
            _days[key.Day].EpisodeCount += change;
        foreach (var (key, change) in months.Changes())
            _months[key.Month].EpisodeCount += change;
        foreach (var (key, change) in podcastMonths.Changes())
            PodcastMonth(key.PodcastId, key.Month).EpisodeCount += change;
        foreach (var key in _delta.EpisodeDays.Keys)
            _days[key.Day].Consider(key.EpisodeId, costs[(key.EpisodeId, key.Day)]);
    }

    private static List<CellRow> Sorted(IReadOnlyDictionary<CellKey, Tally> cells)
    {
        // A move between podcasts leaves the cells of all podcasts as they were.
        var rows = cells.Where(cell => !cell.Value.IsEmpty).Select(cell => new CellRow(cell.Key, cell.Value)).ToList();
        rows.Sort(Compare);
        return rows;
    }

    private static int Compare(CellRow left, CellRow right)
    {
        var (a, b) = (left.Key, right.Key);
        var order = a.PodcastId.CompareTo(b.PodcastId);
        if (order == 0)
            order = a.Day.CompareTo(b.Day);
        if (order == 0)
            order = string.CompareOrdinal(a.Service, b.Service);
        if (order == 0)
            order = string.CompareOrdinal(a.EventType, b.EventType);
        if (order == 0)
            order = string.CompareOrdinal(a.Model, b.Model);
        return order == 0 ? string.CompareOrdinal(a.Region, b.Region) : order;
    }

    private PodcastMonthRow PodcastMonth(Guid podcastId, Month month)
    {
        if (!_podcastMonths.TryGetValue((podcastId, month), out var row))
            _podcastMonths.Add((podcastId, month), row = new PodcastMonthRow(podcastId, month));
        return row;
    }
}
