using Podcasto.Costs.Server.Events;

namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>
/// Adds events up to charges, in bounded memory: when as many charges are open as fit, all are closed, and events that follow open new
/// ones. A day of very many combinations may so have two rows of one kind; their sum is the same.
/// </summary>
internal sealed class FocusCharges
{
    /// <summary>Most charges that are open at once.</summary>
    public const int MaxOpen = 50_000;

    private readonly Dictionary<FocusKey, FocusCharge> _open = [];
    private readonly List<FocusCharge> _charges = [];

    public bool IsFull => _charges.Count >= MaxOpen;

    /// <summary>The day of the open charges; null where there are none.</summary>
    public DateOnly? Day => _charges.Count == 0 ? null : _charges[0].Key.Day;

    public void Add(FocusKey key, StoredEvent row)
    {
        if (!_open.TryGetValue(key, out var charge) || charge.IsFull)
        {
            charge = new FocusCharge(key);
            _open[key] = charge;
            _charges.Add(charge);
        }

        charge.Add(row.Quantity, row.TotalCostUsd);
    }

    /// <summary>Closes all, in the order in which they were opened.</summary>
    public IReadOnlyList<FocusCharge> Close()
    {
        FocusCharge[] closed = [.. _charges];
        _charges.Clear();
        _open.Clear();
        return closed;
    }
}
