using System.Buffers.Text;
using System.Numerics;

namespace Podcasto.Costs.Client.Spooling;

/// <summary>A record of the spool: eight hex digits of checksum, a blank, the event as JSON, a line feed. Compact JSON holds no line feed, so damage ends with its line.</summary>
internal static class SpoolLine
{
    /// <summary>What a record has beside its event.</summary>
    public const int Frame = 10;

    private const int Head = 9;

    public static void Write(ReadOnlySpan<byte> json, Span<byte> line)
    {
        Utf8Formatter.TryFormat(Checksum(json), line, out _, new System.Buffers.StandardFormat('x', 8));
        line[Head - 1] = (byte)' ';
        json.CopyTo(line[Head..]);
        line[Head + json.Length] = (byte)'\n';
    }

    /// <summary>The event of a line, without its line feed; false where anything of it is not as it was written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> json)
    {
        json = line.Length > Head ? line[Head..] : default;
        return line.Length > Head
            && line[Head - 1] == ' '
            && Utf8Parser.TryParse(line[..(Head - 1)], out uint checksum, out var read, 'x')
            && read == Head - 1
            && checksum == Checksum(json);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BitConverter.ToUInt64(bytes));
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
