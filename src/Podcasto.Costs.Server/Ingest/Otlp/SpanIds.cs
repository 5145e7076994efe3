using System.Buffers;
using System.Buffers.Binary;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>Ids of traces (16 bytes) and spans (8 bytes), as bytes or as hex digits in either case; zero for anything else.</summary>
internal static class SpanIds
{
    public static UInt128 Trace(ReadOnlySpan<byte> bytes) => bytes.Length == 16 ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : 0;

    public static ulong Span(ReadOnlySpan<byte> bytes) => bytes.Length == 8 ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;

    public static UInt128 TraceOfHex(ReadOnlySpan<byte> hex)
    {
        Span<byte> bytes = stackalloc byte[16];
        return TryDecode(hex, bytes) ? Trace(bytes) : 0;
    }

    public static ulong SpanOfHex(ReadOnlySpan<byte> hex)
    {
        Span<byte> bytes = stackalloc byte[8];
        return TryDecode(hex, bytes) ? Span(bytes) : 0;
    }

    private static bool TryDecode(ReadOnlySpan<byte> hex, Span<byte> bytes) =>
        hex.Length == bytes.Length * 2 && Convert.FromHexString(hex, bytes, out _, out _) == OperationStatus.Done;
}
