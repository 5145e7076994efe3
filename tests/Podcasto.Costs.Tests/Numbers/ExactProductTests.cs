using System.Numerics;
using CsCheck;
using Podcasto.Costs.Core.Numbers;

namespace Podcasto.Costs.Tests.Numbers;

public sealed class ExactProductTests
{
    [Theory]
    [InlineData("0", "5.5", "0")]
    [InlineData("2.5", "0.005", "0.0125")]
    [InlineData("1.50", "2.00", "3")]
    [InlineData("999999999999.999999999", "0.000000000000001", "0.000999999999999999999999")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335", "6277101735386680763835789423049210091073826769276946612225")]
    public void A_product_has_all_its_digits(string left, string right, string expected) =>
        Assert.Equal(expected, ExactProduct.Format(Parse(left), Parse(right)));

    [Fact]
    public void It_is_the_product_of_the_integers_with_the_point_moved() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 28], Gen.ULong, Gen.Int[0, 28])
            .Sample(
                (left, leftScale, right, rightScale) =>
                {
                    var text = ExactProduct.Format(Scaled(left, leftScale), Scaled(right, rightScale));
                    var point = text.IndexOf('.', StringComparison.Ordinal);
                    var decimals = point < 0 ? 0 : text.Length - point - 1;
                    var digits = BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
                    return digits * BigInteger.Pow(10, leftScale + rightScale - decimals) == (BigInteger)left * right;
                }
            );

    private static decimal Scaled(ulong mantissa, int scale) =>
        new(unchecked((int)(uint)mantissa), unchecked((int)(uint)(mantissa >> 32)), 0, false, (byte)scale);

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
