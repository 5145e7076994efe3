namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>Small numbers for ids: four bytes where there were sixteen. A hash table of numbers, at most half full, finds them.</summary>
internal sealed class Numbering
{
    private readonly Chunks<Guid> _ids = new();

    // A number and one; 0 where there is none. Its length is a power of two.
    private int[] _slots = new int[256];

    public int Count => _ids.Count;

    public Guid this[int number] => _ids[number];

    /// <summary>The number of an id; the next one for an id that has none.</summary>
    public int Of(Guid id)
    {
        if (Find(id) is { } number)
            return number;
        _ids.Add(id);
        if (Count * 2 > _slots.Length)
            Grow();
        else
            _slots[SlotOf(id)] = Count;
        return Count - 1;
    }

    /// <summary>The number of an id; null where it has none.</summary>
    public int? Find(Guid id) => _slots[SlotOf(id)] is > 0 and var found ? found - 1 : null;

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (var number = 0; number < Count; number++)
            _slots[SlotOf(_ids[number])] = number + 1;
    }

    // Where an id is, or belongs.
    private int SlotOf(Guid id)
    {
        var slot = id.GetHashCode() & (_slots.Length - 1);
        while (_slots[slot] is > 0 and var found && _ids[found - 1] != id)
            slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }
}
