using Podcasto.Costs.Cli.Output;
using Podcasto.Costs.Client.Explorer;
using Spectre.Console;

namespace Podcasto.Costs.Cli.Commands.Costs;

/// <summary>Cells as a table with bars; above it, where there are several periods, their sums as one line.</summary>
internal static class CostPicture
{
    public static void Show(IAnsiConsole console, List<CostCellView> cells, IReadOnlyList<string> groupBy)
    {
        var periods = cells.GroupBy(cell => cell.Period ?? "").Select(period => (period.Key, Cost: period.Sum(cell => cell.TotalCostUsd))).ToList();
        if (periods.Count > 1)
            console.WriteLine($"{periods[0].Key} {Bars.Line([.. periods.Select(period => period.Cost)])} {periods[^1].Key}");
        Table(cells, groupBy).WriteTo(console);
        console.WriteLine($"Shown: {Words.Amount(cells.Sum(cell => cell.TotalCostUsd))} of {Words.Count(cells.Sum(cell => cell.EventCount))} events");
    }

    private static Sheet Table(List<CostCellView> cells, IReadOnlyList<string> groupBy)
    {
        var greatest = cells.Max(cell => cell.TotalCostUsd);
        var sheet = new Sheet();
        var hasPeriods = cells[0].Period is not null;
        if (hasPeriods)
            sheet.Column("Period");
        foreach (var dimension in groupBy)
            sheet.Column(dimension);
        sheet.Numbers("Events").Numbers("Cost").Column("");
        foreach (var cell in cells)
            sheet.Row([
                .. hasPeriods ? [cell.Period] : Array.Empty<string?>(),
                .. groupBy.Select(dimension => Value(cell, dimension) ?? "(none)"),
                Words.Count(cell.EventCount),
                Words.Amount(cell.TotalCostUsd),
                Bars.Of(cell.TotalCostUsd, greatest),
            ]);
        return sheet;
    }

    private static string? Value(CostCellView cell, string dimension) =>
        dimension switch
        {
            "service" => cell.Service,
            "category" => cell.Category,
            "event_type" => cell.EventType,
            "podcast_id" => cell.PodcastId?.ToString(),
            "episode_id" => cell.EpisodeId?.ToString(),
            "model" => cell.Model,
            _ => cell.Region,
        };
}
