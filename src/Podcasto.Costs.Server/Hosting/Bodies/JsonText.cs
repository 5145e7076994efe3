using System.Text.Json;

namespace Podcasto.Costs.Server.Hosting.Bodies;

/// <summary>The text of JSON strings: where it is, unescaped, and whether a ledger may hold it.</summary>
internal static class JsonText
{
    /// <summary>The unescaped UTF-8 of the current string or name; false where it holds a NUL or a lone surrogate.</summary>
    /// <param name="reader">Stands at the string. Its body is known to be valid UTF-8.</param>
    /// <param name="scratch">At least as long as the string.</param>
    /// <param name="text">A slice of the body, or of the scratch.</param>
    public static bool TryGet(ref Utf8JsonReader reader, Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        if (!reader.ValueIsEscaped)
        {
            text = reader.ValueSpan;
            return true;
        }

        try
        {
            text = scratch[..reader.CopyString(scratch)];
            return !text.Contains((byte)0);
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate has no UTF-8.
            text = default;
            return false;
        }
    }

    /// <summary>Whether a value, and all that is in it, is free of NULs and lone surrogates. Leaves the reader at the value's end.</summary>
    public static bool SkipSound(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        var sound = IsSound(ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return sound;
        while (reader.Read() && reader.CurrentDepth > depth)
            sound &= IsSound(ref reader);
        return sound;
    }

    private static bool IsSound(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
            return true;
        return TryGet(ref reader, new byte[reader.ValueSpan.Length], out _);
    }
}
