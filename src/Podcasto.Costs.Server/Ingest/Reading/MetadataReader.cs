using System.Text;
using System.Text.Json;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>Reads an event's metadata: makes it compact, and takes out what prices and rollups look at.</summary>
internal sealed class MetadataReader(Utf8StringPool pool)
{
    private const int MaxBytes = 16 * 1024;
    private const int MaxDepth = 32;
    private const int MaxDimensionLength = 128;

    private readonly MetadataBlocks _blocks = new();
    private readonly CompactJson _compact = new();
    private readonly NameSet _names = new();
    private byte[] _scratch = [];
    private Found _found;

    // Of the value being read.
    private int _compactLength;
    private int _deepest;
    private bool _hasEscapes;

    public string? Model => _found.Model;

    public string? Region => _found.Region;

    /// <summary>The metadata without insignificant blanks.</summary>
    public ReadOnlyMemory<byte> Compact { get; private set; }

    public Usage Usage
    {
        get
        {
            decimal? tokens =
                _found.InputTokens is null && _found.OutputTokens is null ? null : (_found.InputTokens ?? 0) + (_found.OutputTokens ?? 0);
            return new Usage(tokens, _found.DurationSeconds ?? (_found.DurationMs / 1000), _found.FileSizeMb);
        }
    }

    public void Clear()
    {
        Compact = default;
        _found = default;
    }

    /// <summary>Reads the value that the reader stands at, and leaves it at its end.</summary>
    /// <param name="reader">Of the body.</param>
    /// <param name="body">The whole of what the reader reads.</param>
    /// <returns>What is wrong with it, below the metadata's own pointer; null where nothing is.</returns>
    public (string Pointer, string Message)? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        Clear();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return ("", "must be a JSON object");
        }

        var start = (int)reader.TokenStartIndex;
        var error = Walk(ref reader);
        if (_deepest > MaxDepth)
            error ??= ("", $"must not nest deeper than {MaxDepth} levels");
        if (error is not null)
            return error;

        // As long as its compact form, it is its compact form: nothing but blanks and escapes is ever left out.
        var json = body[start..((int)reader.TokenStartIndex + 1)];
        if (_hasEscapes || json.Length != _compactLength)
            json = _compact.Of(json);
        if (json.Length > MaxBytes)
            return ("", $"must not exceed {MaxBytes} bytes as compact JSON, and has {json.Length}");
        Compact = _blocks.Copy(json);
        return null;
    }

    private (string, string)? Walk(ref Utf8JsonReader reader)
    {
        (string, string)? error = null;
        var start = reader.CurrentDepth;
        var field = MetadataField.None;
        var first = true;
        _names.Clear();
        (_compactLength, _deepest, _hasEscapes) = (2, 0, false);
        while (reader.Read() && reader.CurrentDepth > start)
        {
            var token = reader.TokenType;
            if (token is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                _compactLength++;
                first = false;
                continue;
            }

            var depth = reader.CurrentDepth - start;
            var opens = token is JsonTokenType.StartObject or JsonTokenType.StartArray;
            _deepest = Math.Max(_deepest, opens ? depth + 1 : depth);
            _compactLength += CompactLength(ref reader) + (first ? 0 : 1);
            first = opens || token == JsonTokenType.PropertyName;
            if (depth == 1 && token != JsonTokenType.PropertyName && field != MetadataField.None)
                error ??= Take(field, ref reader);
            if (!IsSound(ref reader))
                error ??= ("", "must not hold a NUL or a lone surrogate");
            else if (depth == 1 && token == JsonTokenType.PropertyName)
                error ??= TakeName(ref reader, out field);
        }

        return error;
    }

    // Without a comma before it; where it holds escapes, of no use.
    private static int CompactLength(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.PropertyName => reader.ValueSpan.Length + 3,
            JsonTokenType.String => reader.ValueSpan.Length + 2,
            _ => reader.ValueSpan.Length,
        };

    private bool IsSound(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return true;
        _hasEscapes = true;
        return Unescape(ref reader, out _);
    }

    private (string, string)? TakeName(ref Utf8JsonReader reader, out MetadataField field)
    {
        Unescape(ref reader, out var name);
        field = MetadataFields.Of(name);
        return _names.Add(name) ? null : ("", $"names \"{Encoding.UTF8.GetString(name)}\" twice");
    }

    private (string, string)? Take(MetadataField field, ref Utf8JsonReader reader)
    {
        if (field == MetadataField.Model)
            return TakeDimension(ref reader, "/model", ref _found.Model);
        if (field == MetadataField.Region)
            return TakeDimension(ref reader, "/region", ref _found.Region);
        // Anything but a number within the limits is as if absent.
        if (
            reader.TokenType != JsonTokenType.Number
            || DecimalText.TryParse(reader.ValueSpan, DecimalLimits.Quantity, out var number) != DecimalFault.None
        )
            return null;
        switch (field)
        {
            case MetadataField.InputTokens:
                _found.InputTokens = number;
                break;
            case MetadataField.OutputTokens:
                _found.OutputTokens = number;
                break;
            case MetadataField.DurationSeconds:
                _found.DurationSeconds = number;
                break;
            case MetadataField.DurationMs:
                _found.DurationMs = number;
                break;
            default:
                _found.FileSizeMb = number;
                break;
        }

        return null;
    }

    private (string, string)? TakeDimension(ref Utf8JsonReader reader, string pointer, ref string? dimension)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.String)
            return (pointer, "must be a string");
        if (!Unescape(ref reader, out var text))
            return (pointer, "must not hold a NUL or a lone surrogate");
        if (text.IsEmpty)
            return null;
        dimension = pool.Get(text);
        // A character has at most four bytes, and at least one.
        return text.Length <= MaxDimensionLength || dimension.EnumerateRunes().Count() <= MaxDimensionLength
            ? null
            : (pointer, $"must not exceed {MaxDimensionLength} characters");
    }

    private bool Unescape(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        if (_scratch.Length < reader.ValueSpan.Length)
            _scratch = new byte[reader.ValueSpan.Length * 2];
        return JsonText.TryGet(ref reader, _scratch, out text);
    }

    private struct Found
    {
        public string? Model;
        public string? Region;
        public decimal? InputTokens;
        public decimal? OutputTokens;
        public decimal? DurationSeconds;
        public decimal? DurationMs;
        public decimal? FileSizeMb;
    }
}
