using System.Globalization;

namespace Podcasto.Costs.Core.Rollups;

/// <summary>A UTC calendar month.</summary>
/// <param name="Year">From 1 to 9999.</param>
/// <param name="Number">From 1 to 12.</param>
public readonly record struct Month(int Year, int Number) : IComparable<Month>
{
    /// <summary>Its first day.</summary>
    public DateOnly FirstDay => new(Year, Number, 1);

    /// <summary>Its last day.</summary>
    public DateOnly LastDay => new(Year, Number, DateTime.DaysInMonth(Year, Number));

    /// <summary>Its first instant.</summary>
    public DateTimeOffset Start => new(FirstDay, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The first instant after it; of the last month that there is, the last instant.</summary>
    public DateTimeOffset End => this < Of(DateOnly.MaxValue) ? Start.AddMonths(1) : DateTimeOffset.MaxValue;

    /// <summary>Whether it is over at an instant.</summary>
    public bool HasEnded(DateTimeOffset now) => this < Of(DateOnly.FromDateTime(now.UtcDateTime));

    /// <summary>The month of a day.</summary>
    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>Reads <c>yyyy-MM</c>.</summary>
    public static bool TryParse(string text, out Month month)
    {
        var valid = DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        month = valid ? Of(day) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(Month other) => (Year, Number).CompareTo((other.Year, other.Number));

    /// <summary>Whether one is earlier.</summary>
    public static bool operator <(Month left, Month right) => left.CompareTo(right) < 0;

    /// <summary>Whether one is later.</summary>
    public static bool operator >(Month left, Month right) => left.CompareTo(right) > 0;

    /// <summary>Whether one is not later.</summary>
    public static bool operator <=(Month left, Month right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one is not earlier.</summary>
    public static bool operator >=(Month left, Month right) => left.CompareTo(right) >= 0;

    /// <summary><c>yyyy-MM</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Number:00}");
}
