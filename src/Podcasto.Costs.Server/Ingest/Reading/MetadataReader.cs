using System.Buffers;
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

    private readonly ArrayBufferWriter<byte> _compact = new(1024);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private byte[] _scratch = new byte[256];

    private decimal? _inputTokens;
    private decimal? _outputTokens;
    private decimal? _durationSeconds;
    private decimal? _durationMs;
    private decimal? _fileSizeMb;

    public string? Model { get; private set; }

    public string? Region { get; private set; }

    /// <summary>The metadata without insignificant blanks.</summary>
    public ReadOnlyMemory<byte> Compact { get; private set; }

    public Usage Usage
    {
        get
        {
            decimal? tokens = _inputTokens is null && _outputTokens is null ? null : (_inputTokens ?? 0) + (_outputTokens ?? 0);
            return new Usage(tokens, _durationSeconds ?? (_durationMs / 1000), _fileSizeMb);
        }
    }

    public void Clear()
    {
        (Model, Region, Compact) = (null, null, default);
        _inputTokens = _outputTokens = _durationSeconds = _durationMs = _fileSizeMb = null;
    }

    /// <summary>Reads the value that the reader stands at, and leaves it at its end.</summary>
    /// <returns>What is wrong with it, below the metadata's own pointer; null where nothing is.</returns>
    public (string Pointer, string Message)? Read(ref Utf8JsonReader reader)
    {
        Clear();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return ("", "must be a JSON object");
        }

        _compact.ResetWrittenCount();
        _names.Clear();
        (string, string)? error = null;
        var start = reader.CurrentDepth;
        var deepest = 0;
        Write("{"u8);
        var first = true;
        scoped ReadOnlySpan<byte> name = default;
        while (reader.Read() && reader.CurrentDepth > start)
        {
            var depth = reader.CurrentDepth - start;
            deepest = Math.Max(deepest, depth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0));
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                Write(reader.TokenType == JsonTokenType.EndObject ? "}"u8 : "]"u8);
                first = false;
                continue;
            }

            if (!first)
                Write(","u8);
            first = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray;
            if (depth == 1 && reader.TokenType != JsonTokenType.PropertyName)
                error ??= Take(name, ref reader);
            if (!WriteToken(ref reader))
                error ??= ("", "must not hold a NUL or a lone surrogate");
            else if (depth == 1 && reader.TokenType == JsonTokenType.PropertyName)
                error ??= TakeName(ref reader, out name);
        }

        Write("}"u8);
        if (deepest > MaxDepth)
            error ??= ("", $"must not nest deeper than {MaxDepth} levels");
        if (_compact.WrittenCount > MaxBytes)
            error ??= ("", $"must not exceed {MaxBytes} bytes as compact JSON, and has {_compact.WrittenCount}");
        Compact = error is null ? _compact.WrittenSpan.ToArray() : default;
        return error;
    }

    private (string, string)? TakeName(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        Unescape(ref reader, out name);
        return _names.Add(pool.Get(name)) ? null : ("", $"names \"{pool.Get(name)}\" twice");
    }

    private (string, string)? Take(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("model"u8))
            return TakeDimension(ref reader, "/model", model => Model = model);
        if (name.SequenceEqual("region"u8))
            return TakeDimension(ref reader, "/region", region => Region = region);
        if (reader.TokenType != JsonTokenType.Number)
            return null;
        // Anything but a number within the limits is as if absent.
        if (DecimalText.TryParse(reader.ValueSpan, DecimalLimits.Quantity, out var number) != DecimalFault.None)
            return null;
        if (name.SequenceEqual("input_tokens"u8))
            _inputTokens = number;
        else if (name.SequenceEqual("output_tokens"u8))
            _outputTokens = number;
        else if (name.SequenceEqual("duration_seconds"u8))
            _durationSeconds = number;
        else if (name.SequenceEqual("duration_ms"u8))
            _durationMs = number;
        else if (name.SequenceEqual("file_size_mb"u8))
            _fileSizeMb = number;
        return null;
    }

    private (string, string)? TakeDimension(ref Utf8JsonReader reader, string pointer, Action<string?> set)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.String)
            return (pointer, "must be a string");
        if (!Unescape(ref reader, out var text))
            return (pointer, "must not hold a NUL or a lone surrogate");
        if (text.IsEmpty)
            return null;
        var dimension = pool.Get(text);
        if (dimension.EnumerateRunes().Count() > MaxDimensionLength)
            return (pointer, $"must not exceed {MaxDimensionLength} characters");
        set(dimension);
        return null;
    }

    private bool WriteToken(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Write("{"u8);
                return true;
            case JsonTokenType.StartArray:
                Write("["u8);
                return true;
            case JsonTokenType.PropertyName:
                if (!WriteString(ref reader))
                    return false;
                Write(":"u8);
                return true;
            case JsonTokenType.String:
                return WriteString(ref reader);
            default:
                Write(reader.ValueSpan);
                return true;
        }
    }

    private bool WriteString(ref Utf8JsonReader reader)
    {
        Write("\""u8);
        if (!reader.ValueIsEscaped)
        {
            Write(reader.ValueSpan);
        }
        else
        {
            if (!Unescape(ref reader, out var text))
                return false;
            JsonEscape.Write(_compact, text);
        }

        Write("\""u8);
        return true;
    }

    private bool Unescape(ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        if (_scratch.Length < reader.ValueSpan.Length)
            _scratch = new byte[reader.ValueSpan.Length * 2];
        return JsonText.TryGet(ref reader, _scratch, out text);
    }

    private void Write(ReadOnlySpan<byte> bytes) => _compact.Write(bytes);
}
