using Podcasto.Costs.Core.Numbers;

namespace Podcasto.Costs.Tests.Numbers;

public sealed class ExactProductTests
{
    [Theory]
    [InlineData("0", "0", "0")]
    [InlineData("1200", "0.0000003", "0.00036")]
    [InlineData("0.5", "0.5", "0.25")]
    [InlineData("10.0", "10.00", "100")]
    [InlineData("123456789012.123456789", "123456.123456789012345", "15241496585859466.692660891104854595060205")]
    [InlineData("0.000000001", "0.000000000000001", "0.000000000000000000000001")]
    public void A_product_has_all_of_its_digits(string left, string right, string product) =>
        Assert.Equal(product, ExactProduct.Of(Read(left), Read(right)));

    private static decimal Read(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
