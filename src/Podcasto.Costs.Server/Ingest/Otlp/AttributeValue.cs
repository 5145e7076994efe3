using System.Globalization;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>The value of an attribute, as far as costs are interested: a text, an integer, or texts. None of them for every other kind.</summary>
internal readonly record struct AttributeValue(string? Text, long? Integer, IReadOnlyList<string>? Texts)
{
    // Up to here a double holds every integer.
    private const double MaxExact = 1L << 53;

    public static AttributeValue Of(string text) => new(text, null, null);

    public static AttributeValue Of(long integer) => new(null, integer, null);

    public static AttributeValue Of(IReadOnlyList<string> texts) => new(null, null, texts);

    /// <summary>Some languages have no integers, and send a count of tokens like this. Anything but a whole number is no count.</summary>
    public static AttributeValue Of(double number) => number == Math.Floor(number) && Math.Abs(number) <= MaxExact ? Of((long)number) : default;

    /// <summary>The value as a number of tokens; null where it is none.</summary>
    public long? Count =>
        Integer is >= 0 ? Integer
        : Text is not null && long.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : null;
}
