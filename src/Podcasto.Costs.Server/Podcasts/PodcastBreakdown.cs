using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Dashboard.Charts;
using Podcasto.Costs.Server.Dashboard.Filters;
using Podcasto.Costs.Server.Dashboard.Parts;
using Podcasto.Costs.Server.Dashboard.Text;
using Podcasto.Costs.Server.Explorer;

namespace Podcasto.Costs.Server.Podcasts;

/// <summary>Where the cost of one podcast goes.</summary>
internal sealed class PodcastBreakdown(ExplorerStore costs)
{
    private const int MaxModels = 20;

    /// <summary>By category, dearest first; a category leads to its services.</summary>
    public async Task<IReadOnlyList<BreakdownRow>> ByCategoryAsync(Guid podcast, Period period, CancellationToken cancellationToken)
    {
        var cells = await CellsAsync(Dimension.Category, podcast, period, cancellationToken);
        return [.. cells.Select(cell => Row(cell.Dimensions[0]!, cell.TotalCostUsd, podcast, period))];
    }

    /// <summary>By model, dearest first; the cheapest of many are added up. A model leads to its events.</summary>
    public async Task<IReadOnlyList<BreakdownRow>> ByModelAsync(Guid podcast, Period period, CancellationToken cancellationToken)
    {
        var cells = await CellsAsync(Dimension.Model, podcast, period, cancellationToken);
        var rows = cells
            .Take(MaxModels)
            .Select(cell =>
                cell.Dimensions[0] is { } model
                    ? new BreakdownRow(model, cell.TotalCostUsd, null, PageAddress.Of("/events", Query(podcast, period, "model", model)))
                    : new BreakdownRow("No model", cell.TotalCostUsd, "s4")
            );
        var rest = cells.Skip(MaxModels).ToList();
        return rest.Count == 0
            ? [.. rows]
            : [.. rows, new BreakdownRow($"{NumberText.Count(rest.Count, "more", "more")}", rest.Sum(cell => cell.TotalCostUsd), "s4")];
    }

    private static BreakdownRow Row(string name, decimal usd, Guid podcast, Period period)
    {
        var tone = Categories.TryParse(name, out var category) ? $"s{GroupChart.Colour(category.Group())}" : null;
        var href = PageAddress.Of("/explorer", [("group_by", "service"), .. Query(podcast, period, "category", name)]);
        return new BreakdownRow(Words.OfCategory(name), usd, tone, href);
    }

    private static IEnumerable<(string Name, string? Value)> Query(Guid podcast, Period period, string name, string value) =>
        [("podcast", podcast.ToString("D")), (name, value), .. period.Query];

    private async Task<IReadOnlyList<ExplorerCell>> CellsAsync(string dimension, Guid podcast, Period period, CancellationToken cancellationToken)
    {
        var filters = new Dictionary<string, object> { [Dimension.Podcast] = podcast };
        var query = new ExplorerQuery(period.From, period.To, "total", [dimension], filters);
        return await costs.QueryAsync(query, cancellationToken).ToListAsync(cancellationToken);
    }
}
