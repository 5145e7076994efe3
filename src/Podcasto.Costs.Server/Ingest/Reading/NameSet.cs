using System.Text;

namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>The names of one object, to see whether one is given twice. A few are compared byte by byte, which is faster; many are hashed.</summary>
internal sealed class NameSet
{
    private const int Few = 16;

    private readonly int[] _ends = new int[Few];

    // Made by the first object that needs it, which few do.
    private HashSet<string>? _many;
    private byte[] _bytes = new byte[256];
    private int _count;

    public void Clear()
    {
        _count = 0;
        _many?.Clear();
    }

    /// <summary>Adds an unescaped name; false where it is there already.</summary>
    public bool Add(ReadOnlySpan<byte> name)
    {
        if (_many is { Count: > 0 })
            return _many.Add(Encoding.UTF8.GetString(name));
        var start = 0;
        for (var index = 0; index < _count; index++)
        {
            if (_bytes.AsSpan(start, _ends[index] - start).SequenceEqual(name))
                return false;
            start = _ends[index];
        }

        if (_count == Few)
            return Hash().Add(Encoding.UTF8.GetString(name));

        if (_bytes.Length < start + name.Length)
            Array.Resize(ref _bytes, (start + name.Length) * 2);
        name.CopyTo(_bytes.AsSpan(start));
        _ends[_count++] = start + name.Length;
        return true;
    }

    private HashSet<string> Hash()
    {
        _many ??= new HashSet<string>(StringComparer.Ordinal);
        var start = 0;
        foreach (var end in _ends)
        {
            _many.Add(Encoding.UTF8.GetString(_bytes.AsSpan(start, end - start)));
            start = end;
        }

        return _many;
    }
}
