using System.Globalization;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Explorer;

internal static class ExplorerEndpoints
{
    private static readonly string[] Parameters = ["from", "to", "group_by", "granularity", .. Dimension.All];
    private static readonly string[] Granularities = ["day", "month", "total"];

    public static void MapExplorer(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/costs", Get)
            .WithName("ExploreCosts")
            .WithSummary("Costs by any dimensions, per day, per month or in total")
            .WithTags("Explorer")
            .ProducesList<Dictionary<string, object?>>(Parameters)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireAuthorization(Policies.Read);

    private static async Task<IResult> Get(HttpRequest request, ExplorerStore costs)
    {
        var list = new ListQuery(request, "costs", Parameters);
        var query = new ExplorerQuery(
            list.Date("from"),
            list.Date("to"),
            list.OneOf("granularity", Granularities) ?? "day",
            GroupBy(list),
            Filters(list)
        );
        list.Order(query.From, query.To);
        if (list.Refused is { } refused)
            return refused;
        var cells = Read(costs, query, list, request.HttpContext.RequestAborted, out var readable);
        if (!readable)
        {
            list.RefuseCursor();
            return list.Refused!;
        }

        return await list.AnswerAsync(cells.Select(cell => Item(cell, query)), Key, Columns(query));
    }

    private static IAsyncEnumerable<ExplorerCell> Read(
        ExplorerStore costs,
        ExplorerQuery query,
        ListQuery list,
        CancellationToken cancellationToken,
        out bool readable
    )
    {
        var position = list.After is { } after ? ExplorerPosition.Read(after, query.GroupBy.Count) : null;
        readable = list.After is null || position is not null;
        var cells = costs.QueryAsync(query, cancellationToken);
        return position is null ? cells : cells.SkipWhile(cell => !position.IsBefore(cell));
    }

    private static string[] GroupBy(ListQuery list)
    {
        if (list.Text("group_by") is not { } text)
            return [];
        var names = text.Split(',');
        foreach (var unknown in names.Where(name => !Dimension.All.Contains(name)))
            list.Errors.Add("group_by", $"\"{unknown}\" is not one of {string.Join(", ", Dimension.All)}");
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length)
            list.Errors.Add("group_by", "names a dimension twice");
        return names;
    }

    private static Dictionary<string, object> Filters(ListQuery list)
    {
        var filters = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var dimension in Dimension.All)
        {
            object? value = dimension switch
            {
                Dimension.Podcast or Dimension.Episode => list.Id(dimension),
                Dimension.Category => list.OneOf(dimension, [.. Categories.Names]),
                Dimension.EventType => list.OneOf(dimension, [.. EventTypes.Names]),
                _ => list.Text(dimension),
            };
            if (value is not null)
                filters.Add(dimension, value);
        }

        return filters;
    }

    private static Dictionary<string, object?> Item(ExplorerCell cell, ExplorerQuery query)
    {
        var item = new Dictionary<string, object?>(StringComparer.Ordinal) { ["period"] = cell.Period };
        for (var index = 0; index < query.GroupBy.Count; index++)
            item.Add(query.GroupBy[index], cell.Dimensions[index]);
        item.Add("total_cost_usd", cell.TotalCostUsd);
        item.Add("event_count", cell.EventCount);
        return item;
    }

    // The period and the cost, then the dimensions.
    private static string?[] Key(Dictionary<string, object?> item) =>
        [
            (string?)item["period"],
            DecimalText.Format((decimal)item["total_cost_usd"]!),
            .. item.Where(entry => entry.Key is not ("period" or "total_cost_usd" or "event_count")).Select(entry => (string?)entry.Value),
        ];

    private static List<CsvColumn<Dictionary<string, object?>>> Columns(ExplorerQuery query) =>
        [.. Names(query).Select(name => new CsvColumn<Dictionary<string, object?>>(name, item => item[name]))];

    private static List<string> Names(ExplorerQuery query) => ["period", .. query.GroupBy, "total_cost_usd", "event_count"];

    /// <summary>Where a page of cells ended.</summary>
    private sealed record ExplorerPosition(string? Period, decimal CostUsd, IReadOnlyList<string?> Dimensions)
    {
        public static ExplorerPosition? Read(IReadOnlyList<string?> key, int dimensions) =>
            key.Count == dimensions + 2 && decimal.TryParse(key[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cost)
                ? new ExplorerPosition(key[0], cost, [.. key.Skip(2)])
                : null;

        public bool IsBefore(ExplorerCell cell)
        {
            var order = string.CompareOrdinal(Period, cell.Period);
            if (order == 0)
                order = cell.TotalCostUsd.CompareTo(CostUsd);
            for (var index = 0; order == 0 && index < Dimensions.Count; index++)
                order = CompareNullsLast(Dimensions[index], cell.Dimensions[index]);
            return order < 0;
        }

        private static int CompareNullsLast(string? left, string? right) =>
            left is null || right is null ? (left is null).CompareTo(right is null) : string.CompareOrdinal(left, right);
    }
}
