using System.Buffers.Text;
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
        if (text.Length != 36)
            return false;
        for (var index = 0; index < 36; index++)
        {
            var isHyphen = index is 8 or 13 or 18 or 23;
            if (isHyphen ? text[index] != '-' : !char.IsAsciiHexDigit((char)text[index]))
                return false;
        }

        return Utf8Parser.TryParse(text, out id, out _, 'D') && id != Guid.Empty;
    }
}
