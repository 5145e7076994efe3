using CsCheck;
using Podcasto.Costs.Server.Ingest.Otlp;

namespace Podcasto.Costs.Tests.Ingest.Otlp;

public sealed class AttributeValueTests
{
    [Fact]
    public void A_whole_number_keeps_its_value_from_every_form() =>
        Gen.Long[-(1L << 53) + 1, (1L << 53) - 1]
            .Sample(number =>
            {
                Assert.Equal(number, AttributeValue.OfBinary64(BitConverter.DoubleToUInt64Bits(number)).Integer);
                Assert.Equal(number, AttributeValue.Of((decimal)number).Integer);
            });

    [Fact]
    public void Binary64_is_read_as_arithmetic_says() =>
        Gen.Double.Sample(number =>
        {
            var isWhole = Math.Floor(number) == number && Math.Abs(number) < 1L << 53;
            Assert.Equal(isWhole ? (long)number : null, AttributeValue.OfBinary64(BitConverter.DoubleToUInt64Bits(number)).Integer);
        });

    [Theory]
    [InlineData(0.0, 0L)]
    [InlineData(1.0, 1L)]
    [InlineData(-1.0, -1L)]
    [InlineData(1.5, null)]
    [InlineData(0.5, null)]
    [InlineData(double.Epsilon, null)]
    [InlineData(9_007_199_254_740_992.0, null)]
    [InlineData(double.NaN, null)]
    [InlineData(double.PositiveInfinity, null)]
    public void What_is_no_whole_number_is_no_count(double sent, long? expected) =>
        Assert.Equal(expected, AttributeValue.OfBinary64(BitConverter.DoubleToUInt64Bits(sent)).Integer);

    [Fact]
    public void A_fraction_of_a_token_is_none()
    {
        Assert.Null(AttributeValue.Of(1.5m).Count);
        Assert.Null(AttributeValue.Of(decimal.MaxValue).Count);
        Assert.Equal(12, AttributeValue.Of(12.0m).Count);
    }
}
