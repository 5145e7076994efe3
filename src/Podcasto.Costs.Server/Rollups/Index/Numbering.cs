namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>Small numbers for ids: four bytes where there were sixteen.</summary>
internal sealed class Numbering
{
    private readonly Dictionary<Guid, int> _numbers = [];
    private readonly List<Guid> _ids = [];

    public int Count => _ids.Count;

    public Guid this[int number] => _ids[number];

    /// <summary>The number of an id; the next one for an id that has none.</summary>
    public int Of(Guid id)
    {
        if (_numbers.TryGetValue(id, out var number))
            return number;
        _ids.Add(id);
        return _numbers[id] = _ids.Count - 1;
    }

    /// <summary>The number of an id; null where it has none.</summary>
    public int? Find(Guid id) => _numbers.TryGetValue(id, out var number) ? number : null;
}
