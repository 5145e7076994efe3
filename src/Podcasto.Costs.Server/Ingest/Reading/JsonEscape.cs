using System.Buffers;

namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>Escapes only what JSON demands: quotes, backslashes and control characters.</summary>
internal static class JsonEscape
{
    private static readonly SearchValues<byte> Special = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(code => (byte)code),
        (byte)'"',
        (byte)'\\',
    ]);

    public static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny(Special) is >= 0 and var plain)
        {
            output.Write(text[..plain]);
            WriteEscaped(output, text[plain]);
            text = text[(plain + 1)..];
        }

        output.Write(text);
    }

    private static void WriteEscaped(ArrayBufferWriter<byte> output, byte character)
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
            default:
                output.Write("\\u00"u8);
                output.Write([Hex(character >> 4), Hex(character & 15)]);
                break;
        }
    }

    private static byte Hex(int digit) => (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
}
