using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Podcasto.Costs.Cli.Commands;

/// <summary>Values of options, read strictly: a day or an amount that is almost right would be somebody else's.</summary>
internal static partial class Values
{
    private const string DayFormat = "yyyy-MM-dd";

    // Digits that a decimal holds without rounding.
    private const int MostDigits = 28;

    public static DateOnly? Day(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        result.AddError(text.StartsWith('-') ? $"There is no option {text} here." : $"'{text}' is no day: write it as 2026-03-31.");
        return null;
    }

    /// <summary>The first day of a month.</summary>
    public static DateOnly? Month(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return month;
        result.AddError(text.StartsWith('-') ? $"There is no option {text} here." : $"'{text}' is no month: write it as 2026-03.");
        return null;
    }

    /// <summary>An RFC 3339 instant, or a day for its first instant, UTC.</summary>
    public static DateTimeOffset? Instant(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        if (HasOffset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            return at;
        result.AddError($"'{text}' is no instant: write it as 2026-03-31T08:00:00Z, or as 2026-03-31 for the day's beginning in UTC.");
        return null;
    }

    public static decimal Amount(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var digits = text.TakeWhile(letter => letter is not ('e' or 'E')).Count(char.IsAsciiDigit);
        if (digits <= MostDigits && decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var amount))
            return amount;
        result.AddError($"'{text}' is no amount: write it as 0.0005, without signs, blanks or commas.");
        return 0;
    }

    [GeneratedRegex(
        @"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex HasOffset();
}
