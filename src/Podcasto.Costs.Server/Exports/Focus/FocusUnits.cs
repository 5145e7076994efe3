using System.Globalization;

namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>Units in FOCUS's form: a capitalised plural noun, or two joined by a hyphen where the second is of time.</summary>
internal static class FocusUnits
{
    private static readonly char[] Separators = ['_', '.', '-'];

    private static readonly Dictionary<string, string> DataSizes = new(StringComparer.Ordinal)
    {
        ["byte"] = "B",
        ["bytes"] = "B",
        ["kb"] = "KB",
        ["mb"] = "MB",
        ["gb"] = "GB",
        ["tb"] = "TB",
        ["kib"] = "KiB",
        ["mib"] = "MiB",
        ["gib"] = "GiB",
        ["tib"] = "TiB",
    };

    private static readonly Dictionary<string, string> Times = new(StringComparer.Ordinal)
    {
        ["ms"] = "Milliseconds",
        ["milliseconds"] = "Milliseconds",
        ["second"] = "Seconds",
        ["seconds"] = "Seconds",
        ["minute"] = "Minutes",
        ["minutes"] = "Minutes",
        ["hour"] = "Hours",
        ["hours"] = "Hours",
        ["day"] = "Days",
        ["days"] = "Days",
        ["month"] = "Months",
        ["months"] = "Months",
    };

    /// <summary>The unit that a quantity counts; "Units" where the slug is no noun.</summary>
    public static string Of(string unit)
    {
        if (unit == "tokens" || unit.EndsWith("_tokens", StringComparison.Ordinal))
            return "Tokens";
        var words = unit.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        // A leading number would read as a quantity of units.
        if (words.Length == 0 || char.IsAsciiDigit(words[0][0]))
            return "Units";
        if (Times.TryGetValue(words[^1], out var time))
            return words.Length == 1 ? time : $"{Noun(words[..^1])}-{time}";
        if (words.Length == 1 && DataSizes.TryGetValue(words[0], out var size))
            return size;
        var noun = Noun(words);
        return noun.EndsWith('s') ? noun : noun + "s";
    }

    /// <summary>The unit that a price is for: so many of a unit.</summary>
    public static string Of(string unit, long count) => count == 1 ? Of(unit) : string.Create(CultureInfo.InvariantCulture, $"{count} {Of(unit)}");

    /// <summary>The words of a slug, each capitalised.</summary>
    public static string Title(string slug)
    {
        var words = slug.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "Units" : string.Join(' ', words.Select(Capitalised));
    }

    private static string Noun(string[] words) =>
        words.Length == 1 && DataSizes.TryGetValue(words[0], out var size) ? size : string.Concat(words.Select(Capitalised));

    private static string Capitalised(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
