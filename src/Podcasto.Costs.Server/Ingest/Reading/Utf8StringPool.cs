using System.Text;

namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>Services, units, models and regions repeat: one string for each of them, found by its UTF-8 bytes. Bounded; a clash just makes a new string.</summary>
internal sealed class Utf8StringPool
{
    private const int Slots = 1024;
    private const int MaxBytes = 128;

    private readonly Entry?[] _entries = new Entry?[Slots];

    public string Get(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxBytes)
            return Encoding.UTF8.GetString(text);
        var hash = new HashCode();
        hash.AddBytes(text);
        ref var slot = ref _entries[(int)(unchecked((uint)hash.ToHashCode()) % Slots)];
        var entry = slot;
        if (entry is not null && text.SequenceEqual(entry.Bytes))
            return entry.Text;
        entry = new Entry(text.ToArray(), Encoding.UTF8.GetString(text));
        slot = entry;
        return entry.Text;
    }

    private sealed record Entry(byte[] Bytes, string Text);
}
