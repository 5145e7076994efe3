using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using Podcasto.Costs.Core.Numbers;

namespace Podcasto.Costs.Tests.Numbers;

public sealed class ExactMathTests
{
    private static readonly Gen<decimal> Quantities = Gen.Select(
        Gen.Long[0, 1_000_000_000_000],
        Gen.Int[0, 999_999_999],
        (whole, part) => Math.Min(whole + part * 0.000000001m, 1_000_000_000_000m)
    );

    private static readonly Gen<decimal> UnitCosts = Gen.Select(
        Gen.Long[0, 1_000_000_000_000_000],
        Gen.Int[0, 3],
        (part, whole) => whole + part * 0.000000000000001m
    );

    [Fact]
    public void A_cost_is_the_exact_product_rounded_once_half_even() =>
        Gen.Select(Quantities, UnitCosts)
            .Sample((quantity, unitCost) => Assert.Equal(Reference(quantity, unitCost), ExactMath.Cost(quantity, unitCost)));

    [Theory]
    [InlineData("0.5", "0.000000000001", "0")]
    [InlineData("1.5", "0.000000000001", "0.000000000002")]
    [InlineData("2.5", "0.000000000001", "0.000000000002")]
    [InlineData("999999999999.999999999", "0.000000000000001", "0.001")]
    [InlineData("98765.123456789", "1.000000000000005", "98765.123456789494")]
    public void Halves_go_to_the_even_digit(string quantity, string unitCost, string cost) =>
        Assert.Equal(
            cost,
            DecimalText.Format(
                ExactMath.Cost(decimal.Parse(quantity, CultureInfo.InvariantCulture), decimal.Parse(unitCost, CultureInfo.InvariantCulture))
            )
        );

    [Fact]
    public void What_is_formatted_reads_back_as_the_same_value() =>
        Quantities.Sample(quantity =>
        {
            Assert.Equal(
                DecimalFault.None,
                DecimalText.TryParse(Encoding.ASCII.GetBytes(DecimalText.Format(quantity)), DecimalLimits.Quantity, out var read)
            );
            Assert.Equal(quantity, read);
        });

    [Fact]
    public void An_average_is_rounded_once_half_even() =>
        Gen.Select(Quantities, Gen.Long[1, 1_000_000])
            .Sample((total, count) => Assert.Equal(Round(Mantissa(total, 9) * BigInteger.Pow(10, 3), count), ExactMath.Average(total, count)));

    private static decimal Reference(decimal quantity, decimal unitCost) =>
        Round(Mantissa(quantity, 9) * Mantissa(unitCost, 15), BigInteger.Pow(10, 12));

    private static BigInteger Mantissa(decimal value, int decimals) =>
        BigInteger.Parse(
            value.ToString($"F{decimals}", CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture
        );

    // To a multiple of 10^-12.
    private static decimal Round(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var rest);
        if (rest * 2 > divisor || (rest * 2 == divisor && !quotient.IsEven))
            quotient++;
        return (decimal)quotient * 0.000000000001m;
    }
}
