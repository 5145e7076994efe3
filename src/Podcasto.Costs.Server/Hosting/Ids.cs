using System.Buffers;
using System.Text;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>UUIDs as clients send them: 8-4-4-4-12 hex digits in either case, nothing around them. The nil UUID is no id: it stands for none.</summary>
internal static class Ids
{
    public static bool TryParse(string text, out Guid id)
    {
        id = default;
        return text.Length == 36 && Ascii.IsValid(text) && TryParse(Encoding.ASCII.GetBytes(text), out id);
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out Guid id)
    {
        id = default;
        if (text.Length != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
            return false;
        Span<byte> digits = stackalloc byte[32];
        text[..8].CopyTo(digits);
        text[9..13].CopyTo(digits[8..]);
        text[14..18].CopyTo(digits[12..]);
        text[19..23].CopyTo(digits[16..]);
        text[24..].CopyTo(digits[20..]);
        Span<byte> bytes = stackalloc byte[16];
        if (Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done)
            return false;
        id = new Guid(bytes, bigEndian: true);
        return id != Guid.Empty;
    }
}
