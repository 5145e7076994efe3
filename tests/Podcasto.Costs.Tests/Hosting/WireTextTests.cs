using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Hosting;

/// <summary>Ids and instants against the framework's own parsers behind a regular expression, on texts that are right or nearly so.</summary>
public sealed partial class WireTextTests
{
    [Fact]
    public void An_id_is_8_4_4_4_12_hex_digits_in_either_case() =>
        Mutated(Gen.Guid.Select(id => id.ToString()))
            .Sample(
                text =>
                {
                    var isId = Uuid().IsMatch(text) && Guid.Parse(text) != Guid.Empty;
                    Assert.Equal(isId, Ids.TryParse(text, out var id));
                    Assert.Equal(isId ? Guid.Parse(text) : Guid.Empty, id);
                },
                iter: 50_000
            );

    [Fact]
    public void An_instant_is_rfc_3339_cut_to_the_microsecond() =>
        Mutated(
                from ticks in Gen.Long[new DateTime(1999, 1, 1).Ticks, new DateTime(2101, 1, 1).Ticks]
                from fraction in Gen.Int[0, 7]
                from offset in Pick.From("Z", "z", "+00:00", "-07:30", "+23:59", "")
                select new DateTime(ticks).ToString(
                    "yyyy-MM-dd'T'HH:mm:ss" + (fraction == 0 ? "" : "." + new string('f', fraction)),
                    CultureInfo.InvariantCulture
                ) + offset
            )
            .Sample(
                text =>
                {
                    var isInstant = TryOracle(text, out var expected);
                    Assert.Equal(isInstant, Rfc3339.TryParse(text, out var instant));
                    Assert.Equal(expected, instant);
                },
                iter: 50_000
            );

    private static bool TryOracle(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (!Instant().IsMatch(text))
            return false;
        // It rounds what follows the seventh digit.
        text = PastMicroseconds().Replace(text, "");
        if (!DateTimeOffset.TryParse(text.ToUpperInvariant(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var parsed))
        {
            // Its offsets end at 14 hours; RFC 3339's at a day.
            var (local, offset) = (text[..^6], text[^6..]);
            if (text[^1] is 'Z' or 'z' || !DateTime.TryParse(local.ToUpperInvariant(), CultureInfo.InvariantCulture, out var time))
                return false;
            var span = TimeSpan.ParseExact(offset[1..], "hh\\:mm", CultureInfo.InvariantCulture);
            parsed = new DateTimeOffset(time, TimeSpan.Zero) - (offset[0] == '-' ? -span : span);
        }

        instant = new DateTimeOffset(parsed.Ticks, TimeSpan.Zero);
        return true;
    }

    // Half of them as they are, half with a character replaced, left out or put in.
    private static Gen<string> Mutated(Gen<string> texts) =>
        from text in texts
        from kind in Gen.Int[0, 5]
        from at in Gen.Int[0, text.Length - 1]
        from other in Gen.OneOf(Gen.Char["0123456789abcdefABCDEFgGtTzZ:-+. {}é"], Gen.Char)
        select kind switch
        {
            0 => text[..at] + other + text[(at + 1)..],
            1 => text[..at] + text[(at + 1)..],
            2 => text[..at] + other + text[at..],
            _ => text,
        };

    [GeneratedRegex(@"\A[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Uuid();

    [GeneratedRegex(
        @"\A(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Instant();

    [GeneratedRegex(@"(?<=\.[0-9]{6})[0-9]+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PastMicroseconds();
}
