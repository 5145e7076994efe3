using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Exports.Focus;

namespace Podcasto.Costs.Tests.Exports;

public sealed class FocusChargesTests
{
    [Fact]
    public void A_charge_ends_before_its_sum_needs_more_digits_than_a_decimal_has()
    {
        var charges = new FocusCharges();
        var row = new StoredEvent { Quantity = 999_999_999_999.999999999m, TotalCostUsd = 0.000000000001m };
        for (var count = 0; count < 250_000; count++)
            charges.Add(default, row);
        var closed = charges.Close();
        Assert.Equal(3, closed.Count);
        Assert.Equal(250_000, closed.Sum(charge => charge.EventCount));
        Assert.All(closed, charge => Assert.Equal(charge.EventCount * 999_999_999_999.999999999m, charge.Quantity));
        Assert.All(closed, charge => Assert.Equal(9, charge.Quantity.Scale));
    }

    [Fact]
    public void So_many_charges_are_open_at_once()
    {
        var charges = new FocusCharges();
        for (var count = 0; !charges.IsFull; count++)
            charges.Add(new FocusKey { UnitCostUsd = count }, new StoredEvent { Quantity = 1 });
        var closed = charges.Close();
        Assert.Equal(FocusCharges.MaxOpen, closed.Count);
        Assert.Equal(Enumerable.Range(0, closed.Count).Select(count => (decimal)count), closed.Select(charge => charge.Key.UnitCostUsd));
        Assert.Null(charges.Day);
        Assert.False(charges.IsFull);
    }
}
