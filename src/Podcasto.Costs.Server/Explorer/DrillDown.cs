using System.Globalization;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Dashboard.Filters;

namespace Podcasto.Costs.Server.Explorer;

/// <summary>The way from a row to what is in it: its values become filters, and the next dimension the grouping, until only events are left.</summary>
internal static class DrillDown
{
    private static readonly string[] Levels = [Dimension.Category, Dimension.Service, Dimension.Model, Dimension.Episode];

    /// <summary>Where a row leads.</summary>
    /// <param name="view">The page that it stands on.</param>
    /// <param name="row">The row.</param>
    /// <param name="empty">Dimensions grouped by in which no event has a value: there nothing needs a filter.</param>
    /// <returns>An address; null where the row is of events without a value, which no filter can name.</returns>
    public static string? Of(ExplorerView view, ExplorerCell row, IReadOnlySet<string> empty)
    {
        var filters = view.Filters.ToDictionary(StringComparer.Ordinal);
        for (var index = 0; index < view.GroupBy.Count; index++)
        {
            if (row.Dimensions[index] is { } value)
                filters[view.GroupBy[index]] = value;
            else if (!empty.Contains(view.GroupBy[index]))
                return null;
        }

        var deeper = During(view, row.Period) with { Filters = filters, Granularity = "total" };
        return Next(view.GroupBy, filters) is { } next ? (deeper with { GroupBy = [next] }).Address : Events(deeper);
    }

    /// <summary>The days of a period of the answer, as far as the page shows them.</summary>
    public static ExplorerView During(ExplorerView view, string? period)
    {
        if (DateOnly.TryParseExact(period, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return view.During(day, day);
        if (period is null || !Month.TryParse(period, out var month))
            return view with { Skip = 0 };
        return view.During(
            month.FirstDay > view.Period.From ? month.FirstDay : view.Period.From,
            month.LastDay < view.Period.To ? month.LastDay : view.Period.To
        );
    }

    private static string? Next(IReadOnlyList<string> groupBy, Dictionary<string, string> filters)
    {
        var deepest = groupBy.Max(dimension => Array.IndexOf(Levels, dimension));
        var next = Levels.Skip(deepest + 1).FirstOrDefault(level => !IsSettled(level, filters));
        // The list of events knows no categories: their services must be told apart first.
        return next ?? (filters.ContainsKey(Dimension.Category) && !filters.ContainsKey(Dimension.Service) ? Dimension.Service : null);
    }

    private static bool IsSettled(string level, Dictionary<string, string> filters) =>
        filters.ContainsKey(level) || (level == Dimension.Category && filters.ContainsKey(Dimension.Service));

    private static string Events(ExplorerView view) =>
        PageAddress.Of(
            "/events",
            [
                .. view
                    .Filters.Where(filter => filter.Key != Dimension.Category)
                    .Select(filter => (ExplorerView.NameOf(filter.Key), (string?)filter.Value)),
                .. view.Period.Query,
            ]
        );
}
