using System.Globalization;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>The value of an attribute, as far as costs are interested: a text, an integer, or texts. None of them for every other kind.</summary>
internal readonly record struct AttributeValue(string? Text, long? Integer, IReadOnlyList<string>? Texts)
{
    public static AttributeValue Of(string text) => new(text, null, null);

    public static AttributeValue Of(long integer) => new(null, integer, null);

    public static AttributeValue Of(IReadOnlyList<string> texts) => new(null, null, texts);

    /// <summary>Some languages have no integers, and send a count of tokens as another number. Anything but a whole one is no count.</summary>
    public static AttributeValue Of(decimal number) =>
        number == decimal.Truncate(number) && Math.Abs(number) <= long.MaxValue ? Of((long)number) : default;

    /// <summary>The same from the bits of a binary64 (IEEE 754), taken as they are: nothing is ever rounded. From 2^53 on it may have been, before it was sent.</summary>
    public static AttributeValue OfBinary64(ulong bits)
    {
        const int FractionBits = 52;
        const int Bias = 1_023;
        const ulong Hidden = 1UL << FractionBits;
        if (bits << 1 == 0)
            return Of(0L);
        var below = FractionBits - ((int)(bits >> FractionBits & 0x7ff) - Bias);
        if (below is < 0 or > FractionBits)
            return default;
        var digits = bits & (Hidden - 1) | Hidden;
        if ((digits & ((1UL << below) - 1)) != 0)
            return default;
        var whole = (long)(digits >> below);
        return Of(bits >> 63 == 0 ? whole : -whole);
    }

    /// <summary>The value as a number of tokens; null where it is none.</summary>
    public long? Count =>
        Integer is >= 0 ? Integer
        : Text is not null && long.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : null;
}
