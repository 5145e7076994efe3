using System.Numerics;

namespace Podcasto.Costs.Core.Numbers;

/// <summary>Products and quotients of money, rounded once, half-even, to 12 decimals.</summary>
public static class ExactMath
{
    /// <summary>Digits after the point that the ledger keeps of a cost.</summary>
    public const int CostDecimals = 12;

    /// <summary>The cost of a quantity: the exact product, rounded once, half-even, to 12 decimals.</summary>
    /// <param name="quantity">Zero or more units.</param>
    /// <param name="unitCostUsd">US dollars for one unit; zero or more.</param>
    /// <exception cref="OverflowException">The product does not fit a <see cref="decimal"/> of 12 decimals (above 7.9 × 10^16).</exception>
    /// <remarks>The product may need 42 digits, more than <see cref="decimal"/> has: multiplying decimals would round twice.</remarks>
    public static decimal Cost(decimal quantity, decimal unitCostUsd)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantity);
        ArgumentOutOfRangeException.ThrowIfNegative(unitCostUsd);
        var left = Mantissa(quantity);
        var right = Mantissa(unitCostUsd);
        var scale = quantity.Scale + unitCostUsd.Scale;

        // The common case: token counts and published prices multiply within 128 bits.
        if (left <= ulong.MaxValue && right <= ulong.MaxValue)
        {
            var product = left * right;
            return scale <= CostDecimals
                ? FromMantissa(product, scale)
                : FromMantissa(RoundHalfEven(product, PowerOfTen(scale - CostDecimals)), CostDecimals);
        }

        var large = (BigInteger)left * right;
        return scale <= CostDecimals
            ? FromMantissa(large, scale)
            : FromMantissa(RoundHalfEven(large, BigInteger.Pow(10, scale - CostDecimals)), CostDecimals);
    }

    /// <summary>An average: the quotient rounded once, half-even, to 12 decimals.</summary>
    /// <param name="total">Zero or more.</param>
    /// <param name="count">How many share it; for zero the answer is zero.</param>
    public static decimal Average(decimal total, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return 0;
        var scaled = (BigInteger)Mantissa(total) * BigInteger.Pow(10, CostDecimals);
        return FromMantissa(RoundHalfEven(scaled, BigInteger.Pow(10, total.Scale) * count), CostDecimals);
    }

    private static UInt128 RoundHalfEven(UInt128 dividend, UInt128 divisor)
    {
        var quotient = dividend / divisor;
        var remainder = dividend - quotient * divisor;
        var complement = divisor - remainder;
        return remainder > complement || (remainder == complement && UInt128.IsOddInteger(quotient)) ? quotient + 1 : quotient;
    }

    private static BigInteger RoundHalfEven(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        var order = (remainder * 2).CompareTo(divisor);
        return order > 0 || (order == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private static UInt128 PowerOfTen(int exponent)
    {
        UInt128 power = 1;
        for (; exponent > 0; exponent--)
            power *= 10;
        return power;
    }

    internal static UInt128 Mantissa(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return new UInt128(unchecked((uint)bits[2]), ((ulong)unchecked((uint)bits[1]) << 32) | unchecked((uint)bits[0]));
    }

    private static decimal FromMantissa(BigInteger mantissa, int scale) => FromMantissa((UInt128)mantissa, scale);

    private static decimal FromMantissa(UInt128 mantissa, int scale)
    {
        // Dropping zeros first lets 10^12 × 10^6 with scale 24 still fit the 96 bits of a decimal.
        while (mantissa >> 96 != 0 && scale > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        if (mantissa >> 96 != 0)
            throw new OverflowException("The cost is larger than the ledger can hold.");
        return DecimalText.Normalize(
            new decimal(
                unchecked((int)(uint)mantissa),
                unchecked((int)(uint)(mantissa >> 32)),
                unchecked((int)(uint)(mantissa >> 64)),
                false,
                (byte)scale
            )
        );
    }
}
