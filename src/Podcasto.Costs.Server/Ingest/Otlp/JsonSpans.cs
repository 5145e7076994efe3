using System.Globalization;
using System.Text;
using System.Text.Json;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>Reads the spans of an export request in OTLP's JSON: ids in hex, integers as strings or numbers, unknown fields ignored.</summary>
internal ref struct JsonSpans
{
    private readonly SpanBatch _batch;
    private Utf8JsonReader _json;

    // Of the current field.
    private string _name = "";

    /// <param name="body">Valid UTF-8.</param>
    /// <param name="batch">Takes the spans.</param>
    public JsonSpans(ReadOnlySpan<byte> body, SpanBatch batch)
    {
        _batch = batch;
        _json = new Utf8JsonReader(body, EventBody.Options);
    }

    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="BodyException">It is something else than an export request.</exception>
    public void Read()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Malformed("an object is expected");
        while (NextField())
        {
            if (_name != "resourceSpans")
                _json.Skip();
            else if (Enter(JsonTokenType.StartArray))
                while (NextItem())
                    ReadResourceSpans();
        }

        // Anything after the value is malformed; the reader finds out.
        _json.Read();
    }

    private void ReadResourceSpans()
    {
        // May stand behind its spans.
        var resource = new SpanAttributes();
        if (!Enter(JsonTokenType.StartObject))
            return;
        while (NextField())
        {
            if (_name == "resource")
                ReadResource(resource);
            else if (_name != "scopeSpans")
                _json.Skip();
            else if (Enter(JsonTokenType.StartArray))
                while (NextItem())
                    ReadScopeSpans(resource);
        }
    }

    private void ReadResource(SpanAttributes resource)
    {
        if (!Enter(JsonTokenType.StartObject))
            return;
        while (NextField())
        {
            if (_name == "attributes")
                ReadAttributes(resource);
            else
                _json.Skip();
        }
    }

    private void ReadScopeSpans(SpanAttributes resource)
    {
        if (!Enter(JsonTokenType.StartObject))
            return;
        while (NextField())
        {
            if (_name != "spans")
                _json.Skip();
            else if (Enter(JsonTokenType.StartArray))
                while (NextItem())
                    ReadSpan(new ReceivedSpan { Resource = resource });
        }
    }

    private void ReadSpan(ReceivedSpan span)
    {
        if (!Enter(JsonTokenType.StartObject))
            return;
        while (NextField())
        {
            switch (_name)
            {
                case "traceId":
                    span.TraceId = SpanIds.TraceOfHex(Encoding.UTF8.GetBytes(TakeText() ?? ""));
                    break;
                case "spanId":
                    span.SpanId = SpanIds.SpanOfHex(Encoding.UTF8.GetBytes(TakeText() ?? ""));
                    break;
                case "parentSpanId":
                    span.ParentId = SpanIds.SpanOfHex(Encoding.UTF8.GetBytes(TakeText() ?? ""));
                    break;
                case "kind":
                    span.Kind = TakeEnum(
                        "SPAN_KIND_UNSPECIFIED",
                        "SPAN_KIND_INTERNAL",
                        "SPAN_KIND_SERVER",
                        "SPAN_KIND_CLIENT",
                        "SPAN_KIND_PRODUCER",
                        "SPAN_KIND_CONSUMER"
                    );
                    break;
                case "endTimeUnixNano":
                    span.EndNanoseconds = ulong.TryParse(TakeInteger(), NumberStyles.None, CultureInfo.InvariantCulture, out var end) ? end : 0;
                    break;
                case "attributes":
                    ReadAttributes(span.Attributes);
                    break;
                case "status":
                    ReadStatus(span);
                    break;
                default:
                    _json.Skip();
                    break;
            }
        }

        _batch.Add(span);
    }

    private void ReadStatus(ReceivedSpan span)
    {
        const int Error = 2;
        if (!Enter(JsonTokenType.StartObject))
            return;
        while (NextField())
        {
            if (_name == "code")
                span.Failed = TakeEnum("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR") == Error;
            else
                _json.Skip();
        }
    }

    private void ReadAttributes(SpanAttributes to)
    {
        if (!Enter(JsonTokenType.StartArray))
            return;
        while (NextItem())
            ReadAttribute(to);
    }

    private void ReadAttribute(SpanAttributes to)
    {
        if (!Enter(JsonTokenType.StartObject))
            return;
        var (name, value) = ("", default(AttributeValue));
        while (NextField())
        {
            if (_name == "key")
                name = TakeText() ?? "";
            // The texts of prompts may be long: what is not asked for is not read.
            else if (_name == "value" && (name.Length == 0 || SpanFacts.TryGet(name, out _)))
                value = ReadValue();
            else
                _json.Skip();
        }

        to.Add(name, value);
    }

    private AttributeValue ReadValue()
    {
        var value = default(AttributeValue);
        if (!Enter(JsonTokenType.StartObject))
            return value;
        while (NextField())
        {
            if (_name == "stringValue")
                value = TakeText() is { } text ? AttributeValue.Of(text) : default;
            else if (_name == "intValue")
                value = long.TryParse(TakeInteger(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
                    ? AttributeValue.Of(integer)
                    : default;
            else if (_name == "doubleValue" && _json.TokenType == JsonTokenType.Number)
                value = _json.TryGetDecimal(out var number) ? AttributeValue.Of(number) : default;
            else if (_name == "arrayValue")
                value = AttributeValue.Of(ReadTexts());
            else
                _json.Skip();
        }

        return value;
    }

    // Of an array only the texts.
    private List<string> ReadTexts()
    {
        var texts = new List<string>();
        if (!Enter(JsonTokenType.StartObject))
            return texts;
        while (NextField())
        {
            if (_name != "values")
                _json.Skip();
            else if (Enter(JsonTokenType.StartArray))
                while (NextItem())
                    ReadItem(texts);
        }

        return texts;
    }

    private void ReadItem(List<string> texts)
    {
        if (!Enter(JsonTokenType.StartObject))
            return;
        while (NextField())
        {
            if (_name == "stringValue" && TakeText() is { } text)
                texts.Add(text);
            else
                _json.Skip();
        }
    }

    // Whether the reader stands at an object or array, and so is in it now. Null is the same as absent.
    private readonly bool Enter(JsonTokenType start)
    {
        if (_json.TokenType == JsonTokenType.Null)
            return false;
        return _json.TokenType == start
            ? true
            : throw Malformed(start == JsonTokenType.StartObject ? "an object is expected" : "an array is expected");
    }

    // Goes on to the value of the next field.
    private bool NextField()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject)
            return false;
        _name = Unescape();
        _json.Read();
        return true;
    }

    private bool NextItem()
    {
        _json.Read();
        return _json.TokenType != JsonTokenType.EndArray;
    }

    private readonly string? TakeText() =>
        _json.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => Unescape(),
            _ => throw Malformed($"{_name} must be a string"),
        };

    private readonly string? TakeInteger() => _json.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(_json.ValueSpan) : TakeText();

    // By number, as OTLP wants it, or by name, as others write it.
    private readonly int TakeEnum(params ReadOnlySpan<string> names)
    {
        var text = TakeInteger();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Math.Max(names.IndexOf(text), 0);
    }

    private readonly string Unescape()
    {
        var json = _json;
        return JsonText.TryGet(ref json, json.ValueIsEscaped ? new byte[json.ValueSpan.Length] : [], out var text)
            ? Encoding.UTF8.GetString(text)
            : throw Malformed("a text must not hold a NUL or a lone surrogate");
    }

    private readonly BodyException Malformed(string message) =>
        new(Problems.Invalid("", string.Create(CultureInfo.InvariantCulture, $"is no export of traces: {message} at byte {_json.TokenStartIndex}")));
}
