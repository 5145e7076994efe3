using System.Globalization;
using System.Text;
using System.Text.Json;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>Reads the spans of an export request in OTLP's JSON: ids in hex, integers as strings or numbers, unknown fields ignored.</summary>
internal ref struct JsonSpans
{
    private readonly SpanBatch _batch;
    private OtlpJson _json;

    /// <param name="body">Valid UTF-8.</param>
    /// <param name="batch">Takes the spans.</param>
    public JsonSpans(ReadOnlySpan<byte> body, SpanBatch batch)
    {
        _batch = batch;
        _json = new OtlpJson(body);
    }

    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="BodyException">It is something else than an export request.</exception>
    public void Read()
    {
        _json.Begin();
        while (_json.NextField())
        {
            if (_json.Name != "resourceSpans")
                _json.Skip();
            else if (_json.Enter(JsonTokenType.StartArray))
                while (_json.NextItem())
                    ReadResourceSpans();
        }

        _json.End();
    }

    private void ReadResourceSpans()
    {
        // May stand behind its spans.
        var resource = new SpanAttributes();
        if (!_json.Enter(JsonTokenType.StartObject))
            return;
        while (_json.NextField())
        {
            if (_json.Name == "resource")
                ReadResource(resource);
            else if (_json.Name != "scopeSpans")
                _json.Skip();
            else if (_json.Enter(JsonTokenType.StartArray))
                while (_json.NextItem())
                    ReadScopeSpans(resource);
        }
    }

    private void ReadResource(SpanAttributes resource)
    {
        if (!_json.Enter(JsonTokenType.StartObject))
            return;
        while (_json.NextField())
        {
            if (_json.Name == "attributes")
                ReadAttributes(resource);
            else
                _json.Skip();
        }
    }

    private void ReadScopeSpans(SpanAttributes resource)
    {
        if (!_json.Enter(JsonTokenType.StartObject))
            return;
        while (_json.NextField())
        {
            if (_json.Name != "spans")
                _json.Skip();
            else if (_json.Enter(JsonTokenType.StartArray))
                while (_json.NextItem())
                    ReadSpan(new ReceivedSpan { Resource = resource });
        }
    }

    private void ReadSpan(ReceivedSpan span)
    {
        if (!_json.Enter(JsonTokenType.StartObject))
            return;
        while (_json.NextField())
        {
            switch (_json.Name)
            {
                case "traceId":
                    span.TraceId = SpanIds.TraceOfHex(Encoding.UTF8.GetBytes(_json.TakeText() ?? ""));
                    break;
                case "spanId":
                    span.SpanId = SpanIds.SpanOfHex(Encoding.UTF8.GetBytes(_json.TakeText() ?? ""));
                    break;
                case "parentSpanId":
                    span.ParentId = SpanIds.SpanOfHex(Encoding.UTF8.GetBytes(_json.TakeText() ?? ""));
                    break;
                case "kind":
                    span.Kind = _json.TakeEnum(
                        "SPAN_KIND_UNSPECIFIED",
                        "SPAN_KIND_INTERNAL",
                        "SPAN_KIND_SERVER",
                        "SPAN_KIND_CLIENT",
                        "SPAN_KIND_PRODUCER",
                        "SPAN_KIND_CONSUMER"
                    );
                    break;
                case "endTimeUnixNano":
                    span.EndNanoseconds = ulong.TryParse(_json.TakeInteger(), NumberStyles.None, CultureInfo.InvariantCulture, out var end) ? end : 0;
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
        if (!_json.Enter(JsonTokenType.StartObject))
            return;
        while (_json.NextField())
        {
            if (_json.Name == "code")
                span.Failed = _json.TakeEnum("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR") == Error;
            else
                _json.Skip();
        }
    }

    private void ReadAttributes(SpanAttributes to)
    {
        if (!_json.Enter(JsonTokenType.StartArray))
            return;
        while (_json.NextItem())
            ReadAttribute(to);
    }

    private void ReadAttribute(SpanAttributes to)
    {
        if (!_json.Enter(JsonTokenType.StartObject))
            return;
        var (name, value) = ("", default(AttributeValue));
        while (_json.NextField())
        {
            if (_json.Name == "key")
                name = _json.TakeText() ?? "";
            // The texts of prompts may be long: what is not asked for is not read.
            else if (_json.Name == "value" && (name.Length == 0 || SpanFacts.TryGet(name, out _)))
                value = ReadValue();
            else
                _json.Skip();
        }

        to.Add(name, value);
    }

    private AttributeValue ReadValue()
    {
        var value = default(AttributeValue);
        if (!_json.Enter(JsonTokenType.StartObject))
            return value;
        while (_json.NextField())
        {
            if (_json.Name == "stringValue")
                value = _json.TakeText() is { } text ? AttributeValue.Of(text) : default;
            else if (_json.Name == "intValue")
                value = long.TryParse(_json.TakeInteger(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
                    ? AttributeValue.Of(integer)
                    : default;
            else if (_json.Name == "doubleValue" && _json.TokenType == JsonTokenType.Number)
                value = _json.TryGetDecimal(out var number) ? AttributeValue.Of(number) : default;
            else if (_json.Name == "arrayValue")
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
        if (!_json.Enter(JsonTokenType.StartObject))
            return texts;
        while (_json.NextField())
        {
            if (_json.Name != "values")
                _json.Skip();
            else if (_json.Enter(JsonTokenType.StartArray))
                while (_json.NextItem())
                    ReadItem(texts);
        }

        return texts;
    }

    private void ReadItem(List<string> texts)
    {
        if (!_json.Enter(JsonTokenType.StartObject))
            return;
        while (_json.NextField())
        {
            if (_json.Name == "stringValue" && _json.TakeText() is { } text)
                texts.Add(text);
            else
                _json.Skip();
        }
    }
}
