using System.Buffers;

namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>Escapes only what JSON demands: quotes, backslashes and control characters.</summary>
internal static class JsonEscape
{
    public static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        foreach (var character in text)
        {
            switch (character)
            {
                case (byte)'"':
                    output.Write("\\\""u8);
                    break;
                case (byte)'\\':
                    output.Write("\\\\"u8);
                    break;
                case (byte)'\n':
                    output.Write("\\n"u8);
                    break;
                case (byte)'\r':
                    output.Write("\\r"u8);
                    break;
                case (byte)'\t':
                    output.Write("\\t"u8);
                    break;
                case < 0x20:
                    output.Write("\\u00"u8);
                    output.Write([Hex(character >> 4), Hex(character & 15)]);
                    break;
                default:
                    output.Write([character]);
                    break;
            }
        }
    }

    private static byte Hex(int digit) => (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
}
