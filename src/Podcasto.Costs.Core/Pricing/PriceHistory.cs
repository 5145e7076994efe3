namespace Podcasto.Costs.Core.Pricing;

/// <summary>The prices of some keys, and how new ones join them: no two of one service, region, model and unit ever overlap in time.</summary>
public sealed class PriceHistory(IEnumerable<Price> prices)
{
    private readonly List<Price> _prices = [.. prices];
    private readonly List<Price> _closed = [];

    /// <summary>Prices that were open and now end, with their new end.</summary>
    public IReadOnlyList<Price> Closed => _closed;

    /// <summary>Adds a price. One that starts later than an open price of the same key closes it.</summary>
    /// <returns>The price that the new one overlaps, and nothing is changed; null where it was added.</returns>
    public Price? Add(Price price)
    {
        ArgumentNullException.ThrowIfNull(price);
        var open = _prices.Find(other => other.HasKeyOf(price) && other.EffectiveTo is null && other.EffectiveFrom < price.EffectiveFrom);
        if (_prices.Find(other => other != open && other.HasKeyOf(price) && other.OverlapsInTime(price)) is { } overlapped)
            return overlapped;
        if (open is not null)
            Close(open, price.EffectiveFrom);
        _prices.Add(price);
        return null;
    }

    private void Close(Price open, DateTimeOffset end)
    {
        var closed = open with { EffectiveTo = end };
        _prices[_prices.IndexOf(open)] = closed;
        _closed.Add(closed);
    }
}
