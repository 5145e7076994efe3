using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Numbers;

public sealed partial class DecimalTextTests
{
    // Mostly numbers, of every length and form, and texts that nearly are.
    private static readonly Gen<string> Texts = Gen.OneOf(
        from sign in Pick.From("", "", "", "", "-", "+")
        from whole in Digits(0, 24)
        from point in Pick.From("", ".", ".")
        from fraction in Digits(0, 24)
        from exponent in Pick.From("", "", "", "e2", "E-3", "e+1", "e", "e400", "e-400")
        select sign + whole + point + fraction + exponent,
        Gen.String[Gen.Char["0123456789.-eE+ ,x"], 0, 12]
    );

    [Fact]
    public void Every_text_is_read_as_the_grammar_and_exact_arithmetic_say() =>
        Texts.Sample(
            text =>
            {
                var fault = DecimalText.TryParse(Encoding.UTF8.GetBytes(text), DecimalLimits.Quantity, out var value);
                var (expected, mantissa, decimals) = Oracle(text);
                Assert.Equal(expected, fault);
                Assert.Equal(fault == DecimalFault.None ? (mantissa, decimals) : (BigInteger.Zero, 0), Parts(value));
            },
            iter: 200_000
        );

    // The value as mantissa × 10^-decimals with the fewest decimals.
    private static (DecimalFault Fault, BigInteger Mantissa, int Decimals) Oracle(string text)
    {
        var match = Grammar().Match(text);
        if (!match.Success)
            return (DecimalFault.NotANumber, 0, 0);
        var mantissa = BigInteger.Parse(match.Groups["whole"].Value + match.Groups["fraction"].Value);
        var power = match.Groups["exponent"] is { Success: true } group ? BigInteger.Parse(group.Value) : 0;
        // Past any limit, but not past what can be computed.
        var exponent = (int)BigInteger.Clamp(power, -1_000, 1_000) - match.Groups["fraction"].Length;
        if (mantissa == 0)
            return (DecimalFault.None, 0, 0);
        if (match.Groups["sign"].Length > 0)
            return (DecimalFault.Negative, 0, 0);
        for (; mantissa % 10 == 0; exponent++)
            mantissa /= 10;
        // Which of two faults is named is decided by the size: past 28 digits before the point it is the size.
        if (mantissa.ToString().Length + exponent > 28)
            return (DecimalFault.TooLarge, 0, 0);
        if (-exponent > DecimalLimits.Quantity.Decimals)
            return (DecimalFault.TooManyDecimals, 0, 0);
        var scaled = mantissa * BigInteger.Pow(10, exponent + 9);
        if (scaled > BigInteger.Pow(10, 12 + 9))
            return (DecimalFault.TooLarge, 0, 0);
        return exponent > 0 ? (DecimalFault.None, mantissa * BigInteger.Pow(10, exponent), 0) : (DecimalFault.None, mantissa, -exponent);
    }

    private static (BigInteger Mantissa, int Decimals) Parts(decimal value)
    {
        var bits = decimal.GetBits(value);
        var mantissa = unchecked(((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0]);
        return (mantissa, (bits[3] >> 16) & 0xff);
    }

    private static Gen<string> Digits(int least, int most) => Gen.Char['0', '9'].Array[least, most].Select(digits => new string(digits));

    [GeneratedRegex(
        @"\A(?<sign>-?)(?<whole>0|[1-9][0-9]*)(\.(?<fraction>[0-9]+))?([eE](?<exponent>[+-]?[0-9]+))?\z",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Grammar();
}
