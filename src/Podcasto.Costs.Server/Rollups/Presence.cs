namespace Podcasto.Costs.Server.Rollups;

/// <summary>Whether a key had events before a change, and whether it has any after it.</summary>
internal sealed class Presence<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, (long After, long Change)> _counts = [];

    public void Add(TKey key, long after, long change)
    {
        var sum = _counts.GetValueOrDefault(key);
        _counts[key] = (sum.After + after, sum.Change + change);
    }

    /// <summary>1 for each key that is new, -1 for each that is gone; the others are left out.</summary>
    public IEnumerable<(TKey Key, int Change)> Changes()
    {
        foreach (var (key, (after, change)) in _counts)
        {
            var difference = (after > 0 ? 1 : 0) - (after - change > 0 ? 1 : 0);
            if (difference != 0)
                yield return (key, difference);
        }
    }
}
