using System.Globalization;
using System.Numerics;

namespace Podcasto.Costs.Core.Numbers;

/// <summary>Products that are not rounded at all.</summary>
public static class ExactProduct
{
    /// <summary>The product as plain text without trailing zeros.</summary>
    /// <param name="left">Zero or more.</param>
    /// <param name="right">Zero or more.</param>
    /// <returns>Up to 58 digits, more than a <see cref="decimal"/> has.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A factor is negative.</exception>
    public static string Format(decimal left, decimal right)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        var product = (BigInteger)ExactMath.Mantissa(left) * ExactMath.Mantissa(right);
        var scale = left.Scale + right.Scale;
        var digits = product.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var (whole, fraction) = (digits[..^scale], digits[^scale..].TrimEnd('0'));
        return fraction.Length == 0 ? whole : $"{whole}.{fraction}";
    }
}
