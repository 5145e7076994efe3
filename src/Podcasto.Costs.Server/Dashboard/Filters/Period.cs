using System.Globalization;
using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Dashboard.Filters;

/// <summary>A span of UTC days that a reader looks at.</summary>
/// <param name="Range">The preset that made it, one of <see cref="Presets"/>, or <c>custom</c>.</param>
/// <param name="From">First day, inclusive.</param>
/// <param name="To">Last day, inclusive.</param>
public sealed record Period(string Range, DateOnly From, DateOnly To)
{
    public const string Custom = "custom";
    public const string Default = "30d";

    /// <summary>The presets by their names in addresses.</summary>
    public static readonly IReadOnlyList<(string Range, string Label)> Presets =
    [
        ("7d", "7 days"),
        ("30d", "30 days"),
        ("90d", "90 days"),
        ("month", "This month"),
        ("last-month", "Last month"),
    ];

    // Longer spans belong to the page of months; a chart of days has its limit too.
    private const int MaxDays = 3_660;

    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>What it is compared with: a month with the one before it (as far as this one has come), other spans with as many days before.</summary>
    public Period Before =>
        Range is "month" or "last-month"
            ? new Period(Custom, From.AddMonths(-1), Earlier(From.AddMonths(-1).AddDays(Days - 1), From.AddDays(-1), Range == "last-month"))
            : new Period(Custom, From.AddDays(-Days), From.AddDays(-1));

    /// <summary>Reads a query; what makes no sense in it is as if absent.</summary>
    /// <param name="range">A preset.</param>
    /// <param name="from">First day of a custom span, yyyy-MM-dd.</param>
    /// <param name="to">Its last day.</param>
    /// <param name="today">The UTC day now.</param>
    public static Period Read(string? range, string? from, string? to, DateOnly today)
    {
        if (TryParseDay(from, out var first) | TryParseDay(to, out var last))
        {
            first = first == default ? last.AddDays(-29) : first;
            last = last == default ? Later(first, today) : last;
            if (first <= last && last.DayNumber - first.DayNumber < MaxDays)
                return new Period(Custom, first, last);
        }

        var month = Month.Of(today);
        return range switch
        {
            "7d" => new Period(range, today.AddDays(-6), today),
            "90d" => new Period(range, today.AddDays(-89), today),
            "month" => new Period(range, month.FirstDay, today),
            "last-month" => new Period(range, month.FirstDay.AddMonths(-1), month.FirstDay.AddDays(-1)),
            _ => new Period(Default, today.AddDays(-29), today),
        };
    }

    /// <summary>The same for pages that show all time unless asked otherwise: null where the query names no span.</summary>
    public static Period? ReadIfAny(string? range, string? from, string? to, DateOnly today)
    {
        var period = Read(range, from, to, today);
        return period.Range == Custom || period.Range == range ? period : null;
    }

    /// <summary>What of an address makes it.</summary>
    public IReadOnlyList<(string Name, string? Value)> Query =>
        Range == Custom
            ? [("from", From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("to", To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))]
            : [("range", Range)];

    /// <summary>Every day of it.</summary>
    public IEnumerable<DateOnly> EachDay() => Enumerable.Range(0, Days).Select(From.AddDays);

    private static DateOnly Earlier(DateOnly end, DateOnly lastOfMonth, bool whole) => whole || end > lastOfMonth ? lastOfMonth : end;

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;

    /// <summary>A day of an address, yyyy-MM-dd.</summary>
    public static bool TryParseDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 2000 and <= 9000;
}
