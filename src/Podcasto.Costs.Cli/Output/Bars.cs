using System.Globalization;

namespace Podcasto.Costs.Cli.Output;

/// <summary>Amounts as lengths, counted in eighths of a character.</summary>
internal static class Bars
{
    private const int Width = 20;
    private const string Eighths = " ▏▎▍▌▋▊▉█";
    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <summary>A horizontal bar, in proportion to the greatest amount.</summary>
    public static string Of(decimal value, decimal greatest)
    {
        if (greatest <= 0 || value <= 0)
            return "";
        // What costs anything shows at least a sliver.
        var eighths = Math.Max(1, (int)decimal.Round(value / greatest * Width * 8));
        var rest = eighths % 8;
        return new string('█', eighths / 8) + (rest == 0 ? "" : Eighths[rest].ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>One column an amount, from left to right.</summary>
    public static string Line(IReadOnlyList<decimal> values)
    {
        var greatest = values.DefaultIfEmpty().Max();
        return greatest <= 0 ? "" : string.Concat(values.Select(value => Heights[(int)decimal.Floor(value / greatest * (Heights.Length - 1))]));
    }
}
