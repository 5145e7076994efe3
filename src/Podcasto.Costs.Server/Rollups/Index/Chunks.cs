namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>A list that grows without being copied: what is large lies in many small arrays, and leaves no large ones behind.</summary>
internal sealed class Chunks<T>
{
    private const int Bits = 10;
    private const int Size = 1 << Bits;

    private readonly List<T[]> _chunks = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref _chunks[index >> Bits][index & (Size - 1)];

    public void Add(T item)
    {
        if (Count >> Bits == _chunks.Count)
            _chunks.Add(new T[Size]);
        this[Count++] = item;
    }
}
