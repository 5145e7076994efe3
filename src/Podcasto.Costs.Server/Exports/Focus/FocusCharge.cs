namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>A charge while its events are added up.</summary>
internal sealed class FocusCharge(FocusKey key)
{
    // A sum must stay exact in the 28 digits of a decimal, and its cost within the 38 of the column: another row goes on from here.
    private const decimal MaxQuantity = 100_000_000_000_000_000m;
    private const decimal MaxCostUsd = 1_000_000_000_000m;

    public FocusKey Key { get; } = key;

    public decimal Quantity { get; private set; }

    /// <summary>The ledger's own sum of the events' costs.</summary>
    public decimal CostUsd { get; private set; }

    public long EventCount { get; private set; }

    /// <summary>Whether no further event may be added.</summary>
    public bool IsFull => Quantity > MaxQuantity || CostUsd > MaxCostUsd;

    public void Add(decimal quantity, decimal costUsd)
    {
        Quantity += quantity;
        CostUsd += costUsd;
        EventCount++;
    }
}
