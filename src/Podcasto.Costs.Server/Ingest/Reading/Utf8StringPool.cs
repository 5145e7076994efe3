using System.Buffers.Binary;
using System.Numerics;
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
        ref var slot = ref _entries[SlotOf(text)];
        var entry = slot;
        if (entry is not null && text.SequenceEqual(entry.Bytes))
            return entry.Text;
        entry = new Entry(text.ToArray(), Encoding.UTF8.GetString(text));
        slot = entry;
        return entry.Text;
    }

    // Eight bytes at a time; the multiplier is 2^64 divided by the golden ratio. Who makes texts clash on purpose gains nothing.
    private static int SlotOf(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length;
        while (text.Length >= sizeof(ulong))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(text));
            text = text[sizeof(ulong)..];
        }

        ulong rest = 0;
        foreach (var character in text)
            rest = (rest << 8) | character;
        return (int)(Mix(hash, rest) >> (64 - 10));
    }

    private static ulong Mix(ulong hash, ulong bytes) => unchecked((BitOperations.RotateLeft(hash, 23) ^ bytes) * 0x9e3779b97f4a7c15);

    private sealed record Entry(byte[] Bytes, string Text);
}
