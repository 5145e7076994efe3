using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Core.Rollups;

/// <summary>Puts the services of a pattern into a category.</summary>
/// <param name="Pattern">A service, or one with a star at its start or its end.</param>
/// <param name="Category">Where its cost goes.</param>
public sealed record CategoryRule(string Pattern, Category Category)
{
    /// <summary>Whether a text can be a rule's pattern.</summary>
    public static bool IsValidPattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.StartsWith('*') ? Slug.IsValid(pattern.AsSpan(1)) : Slug.IsValidPattern(pattern);
    }

    /// <summary>Whether the rule speaks of a service.</summary>
    public bool Covers(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (Pattern.StartsWith('*'))
            return service.AsSpan().EndsWith(Pattern.AsSpan(1), StringComparison.Ordinal);
        if (Pattern.EndsWith('*'))
            return service.AsSpan().StartsWith(Pattern.AsSpan(0, Pattern.Length - 1), StringComparison.Ordinal);
        return string.Equals(service, Pattern, StringComparison.Ordinal);
    }
}
