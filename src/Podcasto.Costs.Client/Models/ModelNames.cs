using System.Text.RegularExpressions;

namespace Podcasto.Costs.Client.Models;

/// <summary>Which of two names a model call is charged by: what was asked for, or what answered.</summary>
public static partial class ModelNames
{
    /// <summary>
    /// What answered is what is billed, as behind an alias or a router. Only where it is what was asked for with a version or a date behind it
    /// (<c>gemini-2.5-flash-001</c>, <c>gpt-4o-2024-08-06</c>), the name without them is taken: price lists have that one.
    /// </summary>
    /// <param name="asked">The model of the request; null while unknown.</param>
    /// <param name="answered">The model of the answer; null while unknown.</param>
    /// <returns>One of them; null where both are null or empty.</returns>
    public static string? Charged(string? asked, string? answered)
    {
        if (string.IsNullOrEmpty(answered))
            return string.IsNullOrEmpty(asked) ? null : asked;
        return !string.IsNullOrEmpty(asked) && answered.StartsWith(asked, StringComparison.Ordinal) && Version().IsMatch(answered[asked.Length..])
            ? asked
            : answered;
    }

    // Three digits or more: a single one behind a hyphen makes another model of it (claude-opus-4-1).
    [GeneratedRegex(@"^[-@:](?:v\d+|\d{3,8}|\d{4}-\d\d-\d\d|\d\d-\d{4})$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Version();
}
