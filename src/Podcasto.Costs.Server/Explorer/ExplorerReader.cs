using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Explorer;

/// <summary>Asks the store what the page shows, once for table and chart together, and never for more than a page's patience holds.</summary>
internal sealed class ExplorerReader(ExplorerStore costs, SlowAnswers answers)
{
    public const int RowsOnPage = 100;
    public const int GroupsInChart = 8;

    /// <summary>The most events that are read one by one for a page.</summary>
    public const int MaxEvents = 250_000;

    // The most groups times places that are held in memory for a page.
    private const int MaxCells = 20_000;

    /// <summary>The page's answer.</summary>
    public Task<ExplorerAnswer> ReadAsync(ExplorerView view, CancellationToken cancellationToken) =>
        answers.GetAsync((nameof(ExplorerReader), view.Address, view.Skip, view.Period), () => ComputeAsync(view, cancellationToken));

    private async Task<ExplorerAnswer> ComputeAsync(ExplorerView view, CancellationToken stop)
    {
        var places = await costs.QueryAsync(view.Ask([], view.HasDays ? "day" : "month"), stop).ToListAsync(stop);
        var answer = new ExplorerAnswer
        {
            TotalCostUsd = places.Sum(place => place.TotalCostUsd),
            EventCount = places.Sum(place => place.EventCount),
            Totals = places.ToDictionary(place => place.Period!, place => place.TotalCostUsd, StringComparer.Ordinal),
            ReadsEvents = costs.ReadsEvents(view.Ask(view.GroupBy, "total")),
        };
        // One episode's events are found by an index.
        if (answer.ReadsEvents && answer.EventCount > MaxEvents && !view.Filters.ContainsKey(Dimension.Episode))
            return answer with { IsRefused = true };
        var grain = view.Granularity == "total" ? (view.HasDays ? "day" : "month") : view.Granularity;
        if (
            view.GroupBy.Contains(Dimension.Episode)
            && view.Filters.Count == 0
            && await costs.EpisodeCountAsync(view.Ask([], grain), stop) > MaxCells
        )
            return await PageAsync(view, answer, stop);
        var cells = await costs.QueryAsync(view.Ask(view.GroupBy, grain), stop).Take(MaxCells + 1).ToListAsync(stop);
        return cells.Count <= MaxCells ? Whole(view, answer, cells) : await PageAsync(view, answer, stop);
    }

    // Everything is at hand: table and chart come from the same cells.
    private static ExplorerAnswer Whole(ExplorerView view, ExplorerAnswer answer, List<ExplorerCell> cells)
    {
        var groups = cells
            .GroupBy(cell => string.Join('\0', cell.Dimensions.Select(value => value ?? "\u0001")), StringComparer.Ordinal)
            .Select(group => (group.First().Dimensions, Cells: group.ToList(), Cost: group.Sum(cell => cell.TotalCostUsd), group.Key))
            .OrderByDescending(group => group.Cost)
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        var rows =
            view.Granularity == "total"
                ? groups.ConvertAll(group => new ExplorerCell(null, group.Dimensions, group.Cost, group.Cells.Sum(cell => cell.EventCount)))
                : cells;
        return answer with
        {
            Rows = [.. rows.Skip(view.Skip).Take(RowsOnPage)],
            HasMore = rows.Count - RowsOnPage > view.Skip,
            GroupCount = groups.Count,
            Dearest = [.. groups.Take(GroupsInChart).Select(group => new ExplorerGroup(group.Dimensions, ByPlace(view, group.Cells)))],
            Empty = view.GroupBy.Where((_, index) => cells.TrueForAll(cell => cell.Dimensions[index] is null)).ToHashSet(),
        };
    }

    private async Task<ExplorerAnswer> PageAsync(ExplorerView view, ExplorerAnswer answer, CancellationToken stop)
    {
        var rows = await costs.QueryAsync(view.Ask(view.GroupBy, view.Granularity), stop).Skip(view.Skip).Take(RowsOnPage + 1).ToListAsync(stop);
        return answer with { Rows = [.. rows.Take(RowsOnPage)], HasMore = rows.Count > RowsOnPage };
    }

    private static Dictionary<string, decimal> ByPlace(ExplorerView view, List<ExplorerCell> cells) =>
        cells
            .GroupBy(cell => view.HasDays ? cell.Period! : cell.Period![..7], StringComparer.Ordinal)
            .ToDictionary(place => place.Key, place => place.Sum(cell => cell.TotalCostUsd), StringComparer.Ordinal);
}
