namespace Podcasto.Costs.Server.Explorer;

/// <summary>What is asked of the explorer.</summary>
/// <param name="From">First day, inclusive; null for no bound.</param>
/// <param name="To">Last day, inclusive; null for no bound.</param>
/// <param name="Granularity">day, month or total.</param>
/// <param name="GroupBy">Dimensions, in the order of the answer.</param>
/// <param name="Filters">Values of dimensions: ids as <see cref="Guid"/>, everything else as text.</param>
internal sealed record ExplorerQuery(
    DateOnly? From,
    DateOnly? To,
    string Granularity,
    IReadOnlyList<string> GroupBy,
    IReadOnlyDictionary<string, object> Filters
)
{
    public bool Uses(string dimension) => GroupBy.Contains(dimension) || Filters.ContainsKey(dimension);
}

/// <summary>A cell of the explorer's answer.</summary>
/// <param name="Period">yyyy-MM-dd, yyyy-MM, or null for the total.</param>
/// <param name="Dimensions">The values of the dimensions grouped by; null where events have none.</param>
/// <param name="TotalCostUsd">US dollars.</param>
/// <param name="EventCount">How many events.</param>
public sealed record ExplorerCell(string? Period, IReadOnlyList<string?> Dimensions, decimal TotalCostUsd, long EventCount);
