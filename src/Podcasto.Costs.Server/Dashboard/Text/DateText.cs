using System.Globalization;
using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Dashboard.Text;

/// <summary>Days and times for people; all are UTC.</summary>
internal static class DateText
{
    /// <summary>Nov 19.</summary>
    public static string Short(DateOnly day) => day.ToString("MMM d", CultureInfo.InvariantCulture);

    /// <summary>Nov 19, 2026.</summary>
    public static string Of(DateOnly day) => day.ToString("MMM d, yyyy", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Of(DateOnly)"/>
    public static string Of(DateTimeOffset at) => Of(DateOnly.FromDateTime(at.UtcDateTime));

    /// <summary>Thursday, November 19, 2026.</summary>
    public static string Long(DateOnly day) => day.ToString("dddd, MMMM d, yyyy", CultureInfo.InvariantCulture);

    /// <summary>Sep 24 – Nov 22, 2026.</summary>
    public static string Span(DateOnly from, DateOnly to) =>
        from == to ? Of(from)
        : from.Year == to.Year ? $"{Short(from)} – {Of(to)}"
        : $"{Of(from)} – {Of(to)}";

    /// <summary>November 2026.</summary>
    public static string Of(Month month) => month.FirstDay.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Nov 19, 2026, 14:03:22.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("MMM d, yyyy, HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>14:03:22.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>yyyy-MM-dd, as addresses and forms have it.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
