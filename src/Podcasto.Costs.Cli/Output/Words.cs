using System.Globalization;

namespace Podcasto.Costs.Cli.Output;

/// <summary>Amounts, counts and instants as they are read.</summary>
internal static class Words
{
    private const string Exact = "0.###############";

    /// <summary>US dollars with every digit: sums can be checked.</summary>
    public static string Amount(decimal value) => "$" + value.ToString(Exact, CultureInfo.InvariantCulture);

    public static string Number(decimal value) => value.ToString(Exact, CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) ?? "";
}
