using System.Globalization;
using Podcasto.Costs.Core.Numbers;

namespace Podcasto.Costs.Server.Dashboard.Text;

/// <summary>Numbers for people.</summary>
internal static class NumberText
{
    public static string Of(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>All digits, grouped before the point.</summary>
    public static string Of(decimal number)
    {
        var plain = DecimalText.Format(number);
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var whole = decimal.Truncate(number).ToString("#,##0", CultureInfo.InvariantCulture);
        return point < 0 ? whole : (number is < 0 and > -1 ? "-" : "") + whole + plain[point..];
    }

    /// <summary>One decimal: 7.1 %.</summary>
    public static string Percent(decimal share) =>
        decimal.Round(share * 100, 1, MidpointRounding.ToEven).ToString("#,##0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>1 event, 2 events.</summary>
    public static string Count(long number, string one, string many) => $"{Of(number)} {(number == 1 ? one : many)}";

    /// <summary>Seconds as 1 h 02 min, 12 min 04 s, or 4.5 s.</summary>
    public static string Duration(decimal seconds)
    {
        if (seconds < 60)
            return Of(decimal.Round(seconds, 1, MidpointRounding.ToEven)) + " s";
        var whole = (long)decimal.Truncate(seconds);
        return whole >= 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{whole / 3600:#,##0} h {whole % 3600 / 60:00} min")
            : string.Create(CultureInfo.InvariantCulture, $"{whole / 60} min {whole % 60:00} s");
    }

    /// <summary>1.4 GB, 12.0 MB, 812 B.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB"];
        var size = (decimal)bytes;
        var unit = 0;
        for (; size >= 1000 && unit < units.Length - 1; unit++)
            size /= 1000;
        return size.ToString(unit == 0 ? "0" : "#,##0.0", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
