using System.Text;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>Instants as clients send them: RFC 3339 with an offset. Digits past the microsecond are cut, not rounded.</summary>
internal static class Rfc3339
{
    /// <summary>The first instant that the ledger takes.</summary>
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static bool TryParse(string text, out DateTimeOffset instant)
    {
        instant = default;
        return text.Length <= 64 && Ascii.IsValid(text) && TryParse(Encoding.ASCII.GetBytes(text), out instant);
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        instant = default;
        // yyyy-MM-ddTHH:mm:ssZ is the shortest.
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':')
            return false;
        var year = Pair(text[0], text[1]) * 100 + Pair(text[2], text[3]);
        var (month, day) = (Pair(text[5], text[6]), Pair(text[8], text[9]));
        var (hour, minute, second) = (Pair(text[11], text[12]), Pair(text[14], text[15]), Pair(text[17], text[18]));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        if (hour > 23 || minute > 59 || second > 59)
            return false;

        var rest = text[19..];
        if (!Fraction(ref rest, out var microseconds) || !Offset(rest, out var offsetMinutes))
            return false;
        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + microseconds * TimeSpan.TicksPerMicrosecond;
        ticks -= offsetMinutes * TimeSpan.TicksPerMinute;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;
        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool Fraction(ref ReadOnlySpan<byte> rest, out int microseconds)
    {
        microseconds = 0;
        if (rest.IsEmpty || rest[0] != '.')
            return true;
        var length = 1;
        while (length < rest.Length && rest[length] is >= (byte)'0' and <= (byte)'9')
            length++;
        if (length == 1)
            return false;
        for (var digit = 1; digit <= 6; digit++)
            microseconds = microseconds * 10 + (digit < length ? rest[digit] - '0' : 0);
        rest = rest[length..];
        return true;
    }

    private static bool Offset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest.Length == 1)
            return (rest[0] | 0x20) == 'z';
        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':')
            return false;
        var hours = Pair(rest[1], rest[2]);
        minutes = Pair(rest[4], rest[5]);
        if (hours > 23 || minutes > 59)
            return false;
        minutes += hours * 60;
        if (rest[0] == '-')
            minutes = -minutes;
        return true;
    }

    // Two digits; a number past any limit where they are not.
    private static int Pair(byte tens, byte ones)
    {
        const int NotDigits = 1_000_000;
        var (left, right) = (tens - '0', ones - '0');
        return left is >= 0 and <= 9 && right is >= 0 and <= 9 ? left * 10 + right : NotDigits;
    }
}
