using System.Buffers.Binary;

namespace Podcasto.Costs.Server.Ingest.Writing.Postgres;

/// <summary>
/// PostgreSQL's binary form of a numeric: the number of digits to the base of 10,000, the weight of the first, the sign, the number of decimals,
/// then the digits, each in two bytes. Source: numeric_send in PostgreSQL's numeric.c.
/// </summary>
internal static class PostgresNumeric
{
    /// <summary>Most bytes of one value: a decimal has 29 digits, which take 9 of these where the point falls badly.</summary>
    public const int MaxBytes = 8 + 2 * MaxDigits;

    private const int MaxDigits = 9;
    private const ushort Negative = 0x4000;

    private static readonly uint[] PowersOfTen = [1, 10, 100, 1000];

    /// <returns>How many bytes were written.</returns>
    public static int Write(decimal value, Span<byte> to)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xff;
        // Whole groups of four decimals.
        var groups = (scale + 3) / 4;
        var factor = PowersOfTen[(groups * 4) - scale];
        Span<ushort> digits = stackalloc ushort[MaxDigits + 1];
        var count = bits[1] == 0 && bits[2] == 0 ? Split((ulong)Word(bits[0]) * factor, digits) : Split(Wide(bits) * factor, digits);

        var weight = count - groups - 1;
        var first = 0;
        // Digits lie least significant first; zeros at that end are left out.
        while (first < count && digits[first] == 0)
            first++;
        if (first == count)
            (count, first, weight) = (0, 0, 0);
        BinaryPrimitives.WriteInt16BigEndian(to, (short)(count - first));
        BinaryPrimitives.WriteInt16BigEndian(to[2..], (short)weight);
        BinaryPrimitives.WriteUInt16BigEndian(to[4..], bits[3] < 0 && count > 0 ? Negative : (ushort)0);
        BinaryPrimitives.WriteInt16BigEndian(to[6..], (short)scale);
        var at = 8;
        for (var index = count - 1; index >= first; index--, at += 2)
            BinaryPrimitives.WriteUInt16BigEndian(to[at..], digits[index]);
        return at;
    }

    private static UInt128 Wide(Span<int> bits) => new(Word(bits[2]), ((ulong)Word(bits[1]) << 32) | Word(bits[0]));

    // The words of a decimal have no sign, whatever their type says.
    private static uint Word(int bits) => unchecked((uint)bits);

    private static int Split(ulong value, Span<ushort> digits)
    {
        var count = 0;
        for (; value != 0; value /= 10_000)
            digits[count++] = (ushort)(value % 10_000);
        return count;
    }

    private static int Split(UInt128 value, Span<ushort> digits)
    {
        var count = 0;
        while (value > ulong.MaxValue)
        {
            (value, var digit) = UInt128.DivRem(value, 10_000);
            digits[count++] = (ushort)digit;
        }

        return count + Split((ulong)value, digits[count..]);
    }
}
