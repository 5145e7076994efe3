using System.Buffers;

namespace Podcasto.Costs.Core.Events;

/// <summary>Names of services and units: 1 to 64 of the characters a to z, 0 to 9, underscore, dot and hyphen.</summary>
public static class Slug
{
    /// <summary>Most characters.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <summary>Whether the text is a slug.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => text.Length is >= 1 and <= MaxLength && !text.ContainsAnyExcept(Allowed);

    /// <summary>Whether the text is a slug, or one that ends in a star and so covers every service that starts like it.</summary>
    public static bool IsValidPattern(ReadOnlySpan<char> text) =>
        text is [.. var prefix, '*'] ? prefix.Length < MaxLength && !prefix.ContainsAnyExcept(Allowed) : IsValid(text);
}
