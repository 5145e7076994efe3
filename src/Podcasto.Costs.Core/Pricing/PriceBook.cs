namespace Podcasto.Costs.Core.Pricing;

/// <summary>Every price with its history, as of one version of the price table; immutable.</summary>
public sealed class PriceBook
{
    private readonly Dictionary<(string Service, string Unit), Price[]> _exact;
    private readonly Dictionary<string, Price[]> _patternsByUnit;

    /// <summary>A book of prices.</summary>
    /// <param name="version">The version of the price table that they were read at.</param>
    /// <param name="prices">All prices; no two of one key overlap in time.</param>
    public PriceBook(long version, IEnumerable<Price> prices)
    {
        Version = version;
        Prices = [.. prices];
        _exact = Prices
            .Where(price => !price.IsPattern)
            .GroupBy(price => (price.Service, price.Unit))
            .ToDictionary(group => group.Key, group => group.ToArray());
        _patternsByUnit = Prices
            .Where(price => price.IsPattern)
            .GroupBy(price => price.Unit, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(price => price.Service.Length).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The version of the price table that the book was read at.</summary>
    public long Version { get; }

    /// <summary>All prices.</summary>
    public IReadOnlyList<Price> Prices { get; }

    /// <summary>The price that fits best among those in force.</summary>
    /// <returns>An exact service before a pattern, a longer pattern before a shorter; then model and region, model, region, neither. Null where none fits.</returns>
    public Price? Find(string service, string unit, string? model, string? region, DateTimeOffset at)
    {
        if (_exact.TryGetValue((service, unit), out var exact) && Best(exact, model, region, at) is { } price)
            return price;
        return _patternsByUnit.TryGetValue(unit, out var patterns) ? BestPattern(patterns, service, model, region, at) : null;
    }

    /// <summary>The units that a service has a price for at an instant, in order.</summary>
    public IReadOnlyList<string> UnitsOf(string service, DateTimeOffset at) =>
        [
            .. Prices
                .Where(price => price.Covers(service) && price.IsInForceAt(at))
                .Select(price => price.Unit)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private static Price? BestPattern(Price[] patterns, string service, string? model, string? region, DateTimeOffset at)
    {
        // Sorted by length, so all prices of one pattern that covers the service stand together.
        for (var first = 0; first < patterns.Length; first++)
        {
            if (!patterns[first].Covers(service))
                continue;
            var last = first + 1;
            while (last < patterns.Length && patterns[last].Service.Length == patterns[first].Service.Length)
                last++;
            var candidates = patterns[first..last].Where(price => price.Covers(service)).ToArray();
            if (Best(candidates, model, region, at) is { } price)
                return price;
            first = last - 1;
        }

        return null;
    }

    private static Price? Best(Price[] candidates, string? model, string? region, DateTimeOffset at)
    {
        Price? best = null;
        var bestFit = -1;
        foreach (var price in candidates)
        {
            var fit = Fit(price, model, region);
            if (fit > bestFit && price.IsInForceAt(at))
                (best, bestFit) = (price, fit);
        }

        return best;
    }

    // 3: model and region, 2: model, 1: region, 0: in general, -1: for another model or region.
    private static int Fit(Price price, string? model, string? region)
    {
        if (price.Model is not null && !string.Equals(price.Model, model, StringComparison.Ordinal))
            return -1;
        if (price.Region is not null && !string.Equals(price.Region, region, StringComparison.Ordinal))
            return -1;
        return (price.Model is null ? 0 : 2) + (price.Region is null ? 0 : 1);
    }
}
