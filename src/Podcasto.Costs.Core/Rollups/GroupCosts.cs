namespace Podcasto.Costs.Core.Rollups;

/// <summary>The costs of a day or month by group: a sum, or a change of one.</summary>
public sealed class GroupCosts
{
    private readonly decimal[] _costUsd = new decimal[Enum.GetValues<CategoryGroup>().Length];

    /// <summary>US dollars, all groups.</summary>
    public decimal TotalCostUsd { get; private set; }

    /// <summary>US dollars of the events that have an episode.</summary>
    public decimal EpisodeCostUsd { get; private set; }

    /// <summary>How many events.</summary>
    public long EventCount { get; private set; }

    /// <summary>How many of them nothing priced.</summary>
    public long UnpricedCount { get; private set; }

    /// <summary>US dollars of one group.</summary>
    public decimal CostUsd(CategoryGroup group) => _costUsd[(int)group];

    /// <summary>Adds events of one group.</summary>
    public void Add(Tally tally, CategoryGroup group)
    {
        _costUsd[(int)group] += tally.CostUsd;
        TotalCostUsd += tally.CostUsd;
        EventCount += tally.EventCount;
        UnpricedCount += tally.UnpricedCount;
    }

    /// <summary>Takes note of what of it episodes cost.</summary>
    public void AddEpisodeCost(decimal costUsd) => EpisodeCostUsd += costUsd;

    /// <summary>Adds another sum.</summary>
    public void Add(GroupCosts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var group = 0; group < _costUsd.Length; group++)
            _costUsd[group] += other._costUsd[group];
        TotalCostUsd += other.TotalCostUsd;
        EpisodeCostUsd += other.EpisodeCostUsd;
        EventCount += other.EventCount;
        UnpricedCount += other.UnpricedCount;
    }
}
