using System.Globalization;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Dashboard.Charts;
using Podcasto.Costs.Server.Dashboard.Text;

namespace Podcasto.Costs.Server.Explorer;

/// <summary>The dearest groups over time, and everything else in grey above them.</summary>
internal static class ExplorerChart
{
    private const int Grey = 4;

    // By rank; grey is for what has no name.
    private static readonly int[] Colours = [1, 2, 3, 5, 6, 7, 8, 11];

    public static ChartData Of(ExplorerView view, ExplorerAnswer answer, CatalogTitles titles)
    {
        var places = Places(view);
        var series = answer.Dearest.Select((group, rank) => new ChartSeries(NameOf(view, group, titles), Colours[rank], Values(group.Usd, places)));
        var rest = places.ConvertAll(place =>
            (decimal?)(answer.Totals.GetValueOrDefault(place) - answer.Dearest.Sum(group => group.Usd.GetValueOrDefault(place)))
        );
        var hasRest = answer.GroupCount is not { } count || count > answer.Dearest.Count;
        return new ChartData
        {
            Places = places.ConvertAll(place => PlaceOf(view, place)),
            Series =
            [
                .. series,
                .. hasRest ? [new ChartSeries(answer.Dearest.Count > 0 ? "Everything else" : "All groups", Grey, rest)] : Array.Empty<ChartSeries>(),
            ],
        };
    }

    private static string NameOf(ExplorerView view, ExplorerGroup group, CatalogTitles titles) =>
        string.Join(" · ", view.GroupBy.Select((dimension, index) => ExplorerWords.Of(dimension, group.Dimensions[index], titles)));

    private static List<decimal?> Values(IReadOnlyDictionary<string, decimal> usd, List<string> places) =>
        places.ConvertAll(place => (decimal?)usd.GetValueOrDefault(place));

    private static List<string> Places(ExplorerView view) =>
        view.HasDays
            ? [.. view.Period.EachDay().Select(DateText.Iso)]
            : [.. view.Period.EachDay().Select(day => Month.Of(day).ToString()).Distinct(StringComparer.Ordinal)];

    private static ChartPlace PlaceOf(ExplorerView view, string place)
    {
        var href = DrillDown.During(view, place).Address;
        if (!view.HasDays)
        {
            var month = DateOnly.ParseExact(place, "yyyy-MM", CultureInfo.InvariantCulture);
            return new ChartPlace(month.ToString("MMM yyyy", CultureInfo.InvariantCulture), DateText.Of(Month.Of(month)), href);
        }

        var day = DateOnly.ParseExact(place, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new ChartPlace(DateText.Short(day), DateText.Long(day), href);
    }
}
