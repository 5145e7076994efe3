using System.Globalization;
using System.Numerics;

namespace Podcasto.Costs.Core.Numbers;

/// <summary>A product with all of its digits, for people who check a cost by hand.</summary>
public static class ExactProduct
{
    /// <summary>Multiplies two numbers.</summary>
    /// <param name="left">Zero or more.</param>
    /// <param name="right">Zero or more.</param>
    /// <returns>Plain notation without trailing zeros; it may have more digits than a <see cref="decimal"/> can hold.</returns>
    public static string Of(decimal left, decimal right)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        var scale = left.Scale + right.Scale;
        var digits = (Mantissa(left) * Mantissa(right)).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var fraction = digits[^scale..].TrimEnd('0');
        var whole = digits[..^scale];
        return fraction.Length == 0 ? whole : $"{whole}.{fraction}";
    }

    private static BigInteger Mantissa(decimal value)
    {
        var bits = decimal.GetBits(value);
        return ((BigInteger)unchecked((uint)bits[2]) << 64) | ((BigInteger)unchecked((uint)bits[1]) << 32) | unchecked((uint)bits[0]);
    }
}
