using System.Globalization;
using Podcasto.Costs.Core.Numbers;

namespace Podcasto.Costs.Server.Dashboard.Text;

/// <summary>US dollars for people: short where the eye compares, exact where it is read.</summary>
internal static class MoneyText
{
    /// <summary>
    /// From one dollar on two decimals; below it as many as show three digits of the amount, so that nothing that costs something looks
    /// free: $1,643.75, $0.80, $0.0804, $0.000375.
    /// </summary>
    public static string Short(decimal usd)
    {
        var size = Math.Abs(usd);
        if (size >= 1)
            return Format(decimal.Round(usd, 2, MidpointRounding.ToEven), 2);
        var decimals = 2;
        for (var scaled = size * 100; scaled is > 0 and < 100 && decimals < 15; scaled *= 10)
            decimals++;
        return Format(decimal.Round(usd, Math.Max(2, Math.Min(decimals, 15)), MidpointRounding.ToEven), 2);
    }

    /// <summary>All digits, at least two decimals.</summary>
    public static string Exact(decimal usd) => Format(usd, 2);

    private static string Format(decimal usd, int minDecimals)
    {
        var plain = DecimalText.Format(Math.Abs(usd));
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? plain : plain[..point];
        var fraction = (point < 0 ? "" : plain[(point + 1)..]).PadRight(minDecimals, '0');
        var grouped = decimal.Parse(whole, CultureInfo.InvariantCulture).ToString("#,##0", CultureInfo.InvariantCulture);
        return $"{(usd < 0 ? "−" : "")}${grouped}.{fraction}";
    }
}
