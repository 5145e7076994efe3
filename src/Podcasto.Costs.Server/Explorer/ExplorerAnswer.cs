namespace Podcasto.Costs.Server.Explorer;

/// <summary>What the explorer's page shows.</summary>
public sealed record ExplorerAnswer
{
    /// <summary>A page of rows.</summary>
    public IReadOnlyList<ExplorerCell> Rows { get; init; } = [];

    /// <summary>Whether there are more behind them.</summary>
    public bool HasMore { get; init; }

    /// <summary>US dollars of everything that the filters let through.</summary>
    public decimal TotalCostUsd { get; init; }

    /// <summary>How many events that are.</summary>
    public long EventCount { get; init; }

    /// <summary>US dollars by place of the chart: yyyy-MM-dd or yyyy-MM.</summary>
    public IReadOnlyDictionary<string, decimal> Totals { get; init; } = new Dictionary<string, decimal>();

    /// <summary>The dearest groups, with what each cost by place; empty where there are too many to tell apart over time.</summary>
    public IReadOnlyList<ExplorerGroup> Dearest { get; init; } = [];

    /// <summary>How many groups there are; null where they are too many to count.</summary>
    public int? GroupCount { get; init; }

    /// <summary>Dimensions grouped by in which no event has a value.</summary>
    public IReadOnlySet<string> Empty { get; init; } = new HashSet<string>();

    /// <summary>Whether it comes from the events themselves, because no rollup holds it.</summary>
    public bool ReadsEvents { get; init; }

    /// <summary>Whether that was refused, because they are too many.</summary>
    public bool IsRefused { get; init; }
}

/// <summary>A group over time.</summary>
/// <param name="Dimensions">The values of the dimensions grouped by; null where events have none.</param>
/// <param name="Usd">US dollars by place of the chart.</param>
public sealed record ExplorerGroup(IReadOnlyList<string?> Dimensions, IReadOnlyDictionary<string, decimal> Usd);
