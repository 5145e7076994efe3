using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Overview;

/// <summary>What days cost, by group.</summary>
internal sealed class CostDays(IReadOnlyDictionary<DateOnly, GroupCosts> days)
{
    private static readonly GroupCosts Nothing = new();

    public GroupCosts this[DateOnly day] => days.GetValueOrDefault(day, Nothing);

    public DateOnly? FirstDay => days.Count == 0 ? null : days.Keys.Min();

    /// <summary>The sum of a span, both ends included.</summary>
    public GroupCosts Between(DateOnly from, DateOnly to)
    {
        var sum = new GroupCosts();
        foreach (var (day, costs) in days)
        {
            if (from <= day && day <= to)
                sum.Add(costs);
        }

        return sum;
    }
}
