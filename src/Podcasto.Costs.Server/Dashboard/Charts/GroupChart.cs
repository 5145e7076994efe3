using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Dashboard.Text;

namespace Podcasto.Costs.Server.Dashboard.Charts;

/// <summary>Amounts by group, stacked over time: the same groups in the same colours everywhere.</summary>
internal static class GroupChart
{
    /// <summary>The order from the bottom of a stack.</summary>
    public static readonly IReadOnlyList<CategoryGroup> Groups =
    [
        CategoryGroup.Ai,
        CategoryGroup.Lambda,
        CategoryGroup.Storage,
        CategoryGroup.Email,
        CategoryGroup.Other,
    ];

    /// <summary>The colour of a group: a number of the palette.</summary>
    public static int Colour(CategoryGroup group) =>
        group switch
        {
            CategoryGroup.Ai => 1,
            CategoryGroup.Lambda => 2,
            CategoryGroup.Storage => 3,
            CategoryGroup.Email => 5,
            _ => 4,
        };

    /// <summary>A chart of places in time; groups that cost nothing in all of them are left out.</summary>
    public static ChartData Of(IReadOnlyList<(ChartPlace Place, GroupCosts Costs)> places) =>
        new()
        {
            Places = [.. places.Select(place => place.Place)],
            Series =
            [
                .. Groups
                    .Where(group => places.Any(place => place.Costs.CostUsd(group) != 0))
                    .Select(group => new ChartSeries(
                        Words.Of(group),
                        Colour(group),
                        [.. places.Select(place => (decimal?)place.Costs.CostUsd(group))]
                    )),
            ],
        };
}
