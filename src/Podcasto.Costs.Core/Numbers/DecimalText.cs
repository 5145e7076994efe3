using System.Globalization;
using System.Text;

namespace Podcasto.Costs.Core.Numbers;

/// <summary>Decimals from and to text without a detour through binary floating point.</summary>
public static class DecimalText
{
    /// <summary>Most bytes of a formatted decimal: 29 digits, the point, a zero before it and the sign.</summary>
    public const int MaxLength = 32;

    // System.Decimal holds every integer of up to 28 digits.
    private const int MaxSignificantDigits = 28;

    /// <summary>Reads a decimal that follows the JSON number grammar: no blanks, plus sign, hex or commas; an exponent is allowed.</summary>
    /// <param name="text">UTF-8 text, the whole of it the number.</param>
    /// <param name="limits">The values that are taken.</param>
    /// <param name="value">The exact value without trailing zeros; zero where the result is a fault.</param>
    /// <returns><see cref="DecimalFault.None"/>, or why the text is not such a decimal.</returns>
    public static DecimalFault TryParse(ReadOnlySpan<byte> text, DecimalLimits limits, out decimal value)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (TryReadShort(text, out value))
            return Check(limits, ref value);
        value = 0;
        var number = new Scan();
        if (!number.Read(text))
            return DecimalFault.NotANumber;
        if (number.Mantissa == 0)
            return DecimalFault.None;
        if (number.Negative)
            return DecimalFault.Negative;

        // 10^6 has seven digits before the point, 10^12 thirteen; one more can only be too large.
        if (number.Digits + number.Exponent > MaxSignificantDigits)
            return DecimalFault.TooLarge;
        if (-number.Exponent > limits.Decimals)
            return DecimalFault.TooManyDecimals;
        if (number.Digits > MaxSignificantDigits)
            return DecimalFault.TooLarge;

        value = Build(number.Mantissa, (int)number.Exponent);
        if (value <= limits.Maximum)
            return DecimalFault.None;
        value = 0;
        return DecimalFault.TooLarge;
    }

    // The usual number: digits with or without a point, which fit 64 bits. Whatever else it may be, the long way finds out.
    private static bool TryReadShort(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        if (text.Length is 0 or > 19 || (text[0] == '0' && text is not ([_] or [_, (byte)'.', ..])))
            return false;
        ulong mantissa = 0;
        var point = -1;
        for (var at = 0; at < text.Length; at++)
        {
            var digit = text[at] - '0';
            if (digit is >= 0 and <= 9)
                mantissa = mantissa * 10 + (uint)digit;
            else if (text[at] == '.' && point < 0 && at > 0)
                point = at;
            else
                return false;
        }

        var decimals = point < 0 ? 0 : text.Length - 1 - point;
        if (decimals == 0 && point >= 0)
            return false;
        for (; decimals > 0 && mantissa % 10 == 0; decimals--)
            mantissa /= 10;
        value = new decimal(unchecked((int)(uint)mantissa), unchecked((int)(uint)(mantissa >> 32)), 0, false, (byte)decimals);
        return true;
    }

    private static DecimalFault Check(DecimalLimits limits, ref decimal value)
    {
        var fault =
            value.Scale > limits.Decimals ? DecimalFault.TooManyDecimals
            : value > limits.Maximum ? DecimalFault.TooLarge
            : DecimalFault.None;
        if (fault != DecimalFault.None)
            value = 0;
        return fault;
    }

    /// <summary>Plain notation without trailing zeros: 0.000375, never 3.75E-4.</summary>
    public static string Format(decimal value)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..Format(value, text)]);
    }

    /// <summary>The same text as UTF-8.</summary>
    /// <param name="value">Any decimal.</param>
    /// <param name="to">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Format(decimal value, Span<byte> to)
    {
        // A zero can have a sign and decimals.
        if (value == 0)
        {
            to[0] = (byte)'0';
            return 1;
        }

        value.TryFormat(to, out var length, default, CultureInfo.InvariantCulture);
        if (value.Scale == 0)
            return length;
        var last = to[..length].LastIndexOfAnyExcept((byte)'0');
        return to[last] == (byte)'.' ? last : last + 1;
    }

    /// <summary>The same value with the fewest digits after the point.</summary>
    // Dividing by a one of full scale makes System.Decimal drop the zeros that it otherwise keeps.
    public static decimal Normalize(decimal value) => value / 1.0000000000000000000000000000m;

    private static decimal Build(UInt128 mantissa, int exponent)
    {
        for (; exponent > 0; exponent--)
            mantissa *= 10;
        return new decimal(
            unchecked((int)(uint)mantissa),
            unchecked((int)(uint)(mantissa >> 32)),
            unchecked((int)(uint)(mantissa >> 64)),
            false,
            (byte)-exponent
        );
    }

    private struct Scan
    {
        public bool Negative;
        public UInt128 Mantissa;
        public int Digits;
        public long Exponent;
        private int _pendingZeros;

        public bool Read(ReadOnlySpan<byte> text)
        {
            var at = 0;
            if (at < text.Length && text[at] == '-')
            {
                Negative = true;
                at++;
            }

            var start = at;
            while (at < text.Length && IsDigit(text[at]))
                Take(text[at++]);
            if (at == start || (text[start] == '0' && at - start > 1))
                return false;

            long fraction = 0;
            if (at < text.Length && text[at] == '.')
            {
                start = ++at;
                while (at < text.Length && IsDigit(text[at]))
                    Take(text[at++]);
                fraction = at - start;
                if (fraction == 0)
                    return false;
            }

            if (!ReadExponent(text, ref at, out var exponent) || at != text.Length)
                return false;
            Exponent = exponent - fraction + _pendingZeros;
            return true;
        }

        // Zeros are held back until a digit follows them, so that trailing ones never count.
        private void Take(byte character)
        {
            var digit = character - '0';
            if (digit == 0)
            {
                _pendingZeros++;
                return;
            }

            if (Digits > 0)
                Digits += _pendingZeros;
            Digits++;
            if (Digits <= MaxSignificantDigits)
            {
                for (; _pendingZeros > 0; _pendingZeros--)
                    Mantissa *= 10;
                Mantissa = Mantissa * 10 + (uint)digit;
            }
            else
            {
                // More digits than any limit takes: the value no longer matters, only that it is not zero.
                Mantissa = 1;
            }

            _pendingZeros = 0;
        }

        private static bool ReadExponent(ReadOnlySpan<byte> text, ref int at, out long exponent)
        {
            exponent = 0;
            if (at == text.Length || (text[at] | 0x20) != 'e')
                return true;
            at++;
            var negative = at < text.Length && text[at] == '-';
            if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
                at++;
            var start = at;
            for (; at < text.Length && IsDigit(text[at]); at++)
                exponent = Math.Min(exponent * 10 + (text[at] - '0'), 1_000_000_000_000);
            if (negative)
                exponent = -exponent;
            return at > start;
        }

        private static bool IsDigit(byte character) => character is >= (byte)'0' and <= (byte)'9';
    }
}
