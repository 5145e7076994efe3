using System.Globalization;
using System.Text;

namespace Podcasto.Costs.Cli.Output;

/// <summary>Text of others on a terminal: a title must not move the cursor, colour the screen or turn lines around.</summary>
internal static class SafeText
{
    public static string Of(string? text)
    {
        if (text is null)
            return "";
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            safe.Append(IsHarmful(rune) ? "\ufffd" : rune.ToString());
        return safe.ToString();
    }

    /// <summary>At most so many characters, the last a sign that there were more.</summary>
    public static string Short(string? text, int length)
    {
        var safe = new StringInfo(Of(text));
        return safe.LengthInTextElements <= length ? safe.String : safe.SubstringByTextElements(0, length - 1) + "…";
    }

    private static bool IsHarmful(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x061C;
}
