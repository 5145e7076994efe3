using Microsoft.Extensions.Primitives;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>The header <c>Prefer</c> (RFC 7240): preferences separated by commas, <c>name=value</c>, blanks around each part, the value bare or quoted.</summary>
internal static class Preferences
{
    public static bool Hold(StringValues lines, string name, string value) =>
        lines.Any(line => line is not null && line.Split(',').Any(preference => Is(preference, name, value)));

    private static bool Is(ReadOnlySpan<char> preference, string name, string value)
    {
        // Parameters of a preference change nothing that is asked for here.
        if (preference.IndexOf(';') is var end and >= 0)
            preference = preference[..end];
        var equals = preference.IndexOf('=');
        return equals > 0
            && preference[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)
            && preference[(equals + 1)..].Trim().Trim('"').Equals(value, StringComparison.OrdinalIgnoreCase);
    }
}
