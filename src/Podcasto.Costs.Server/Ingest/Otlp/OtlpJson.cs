using System.Globalization;
using System.Text;
using System.Text.Json;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>Steps through OTLP's JSON: fields by their names, null as absent, whatever has the wrong shape refused.</summary>
internal ref struct OtlpJson
{
    // Attributes of attributes take five levels each; the reader skips them without recursion.
    private const int MaxDepth = 1_000;

    // Some value of an attribute may be broken; its span is then refused by what the text means, and the others are not.
    private const string Unreadable = "\0";

    private Utf8JsonReader _json;

    public OtlpJson(ReadOnlySpan<byte> body)
    {
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        Name = "";
    }

    /// <summary>Of the current field, in camel case: protobuf's JSON may be written in snake case as well.</summary>
    public string Name { get; private set; }

    public readonly JsonTokenType TokenType => _json.TokenType;

    /// <summary>Goes into the object that the whole is.</summary>
    public void Begin()
    {
        _json.Read();
        if (TokenType != JsonTokenType.StartObject)
            throw Malformed("an object is expected");
    }

    /// <summary>Anything after the value is malformed; the reader finds out.</summary>
    public void End() => _json.Read();

    public void Skip() => _json.Skip();

    public readonly bool TryGetDecimal(out decimal number) => _json.TryGetDecimal(out number);

    /// <summary>Whether the reader stands at an object or array, and so is in it now. Null is the same as absent.</summary>
    public readonly bool Enter(JsonTokenType start)
    {
        if (TokenType == JsonTokenType.Null)
            return false;
        return TokenType == start ? true : throw Malformed(start == JsonTokenType.StartObject ? "an object is expected" : "an array is expected");
    }

    /// <summary>Goes on to the value of the next field.</summary>
    public bool NextField()
    {
        _json.Read();
        if (TokenType == JsonTokenType.EndObject)
            return false;
        Name = CamelCase(Text() ?? throw Malformed("a name must not hold a NUL or a lone surrogate"));
        _json.Read();
        return true;
    }

    public bool NextItem()
    {
        _json.Read();
        return TokenType != JsonTokenType.EndArray;
    }

    public readonly string? TakeText() =>
        TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => Text() ?? Unreadable,
            _ => throw Malformed($"{Name} must be a string"),
        };

    public readonly string? TakeInteger() => TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(_json.ValueSpan) : TakeText();

    /// <summary>By number, as OTLP wants it, or by name, as others write it.</summary>
    public readonly int TakeEnum(params ReadOnlySpan<string> names)
    {
        var text = TakeInteger();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Math.Max(names.IndexOf(text), 0);
    }

    private readonly string? Text()
    {
        var json = _json;
        return JsonText.TryGet(ref json, json.ValueIsEscaped ? new byte[json.ValueSpan.Length] : [], out var text)
            ? Encoding.UTF8.GetString(text)
            : null;
    }

    private static string CamelCase(string name) =>
        !name.Contains('_', StringComparison.Ordinal)
            ? name
            : string.Concat(
                name.Split('_').Select((word, index) => index == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..])
            );

    private readonly BodyException Malformed(string message) =>
        new(Problems.Invalid("", string.Create(CultureInfo.InvariantCulture, $"is no export of traces: {message} at byte {_json.TokenStartIndex}")));
}
