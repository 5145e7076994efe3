using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Server.Ingest.CloudEvents;

/// <summary>Reads CloudEvents in the structured mode: a JSON object each, with the data inside, alone or in an array.</summary>
internal sealed class StructuredEvents(EventReader events, FieldErrors errors)
{
    public const string MediaType = "application/cloudevents+json";
    public const string BatchMediaType = "application/cloudevents-batch+json";

    private readonly EnvelopedEvent _event = new(events, errors);
    private readonly NameSet _names = new();

    /// <summary>The events in the order sent, or null where the errors say what is wrong.</summary>
    public List<CostEvent>? Read(ReadOnlySpan<byte> body, bool isBatch)
    {
        if (!Utf8.IsValid(body))
        {
            errors.Add("", "is not valid UTF-8");
            return null;
        }

        var result = new List<CostEvent>();
        try
        {
            var reader = new Utf8JsonReader(body, EventBody.Options);
            reader.Read();
            if (isBatch)
                ReadBatch(ref reader, body, result);
            else if (ReadOne(ref reader, body, "") is { } costEvent)
                result.Add(costEvent);
            // Anything after the value is malformed; the reader finds out.
            if (!errors.Any)
                reader.Read();
        }
        catch (JsonException exception)
        {
            errors.Add("", $"is not valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}");
        }

        return errors.Any ? null : result;
    }

    private void ReadBatch(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, List<CostEvent> to)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            errors.Add("", $"must be an array of CloudEvents; send one alone as {MediaType}");
            return;
        }

        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index == EventBody.MaxEvents)
            {
                errors.Add("", $"holds more than {EventBody.MaxEvents} events; send several batches");
                return;
            }

            // Past the first hundred faults only the grammar is still looked at.
            if (errors.IsFull)
                reader.Skip();
            else if (ReadOne(ref reader, body, $"/{index}") is { } costEvent)
                to.Add(costEvent);
        }
    }

    private CostEvent? ReadOne(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string pointer)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            errors.Add(pointer, $"must be a CloudEvent: a JSON object; send several as {BatchMediaType}");
            return null;
        }

        var before = errors.Count;
        var envelope = new Envelope($"{pointer}/", errors);
        var data = new Range(0, 0);
        string? base64 = null;
        _names.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (TakeName(ref reader, pointer) is not { } name)
                reader.Skip();
            else if (name == "data" && reader.TokenType != JsonTokenType.Null)
                data = Slice(ref reader);
            else if (name == "data_base64" || Envelope.Defines(name))
                TakeText(ref reader, envelope, name, ref base64);
            else if (!JsonText.SkipSound(ref reader))
                errors.Add(pointer, "must not hold a NUL or a lone surrogate");
        }

        return errors.Count > before ? null : Finish(envelope, body[data], base64, pointer);
    }

    // Leaves the reader at the value. Null where the name is no good.
    private string? TakeName(ref Utf8JsonReader reader, string pointer)
    {
        const int Shown = 64;
        string? name = null;
        if (!JsonText.TryGet(ref reader, Scratch(ref reader), out var utf8))
        {
            errors.Add(pointer, "has an attribute whose name holds a NUL or a lone surrogate");
        }
        else if (!_names.Add(utf8))
        {
            var shown = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, Shown)]);
            errors.Add(
                $"{pointer}/{shown.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}",
                "is given twice"
            );
        }
        else
        {
            name = Encoding.UTF8.GetString(utf8);
        }

        reader.Read();
        return name;
    }

    private static byte[] Scratch(ref Utf8JsonReader reader) => reader.ValueIsEscaped ? new byte[reader.ValueSpan.Length] : [];

    private static Range Slice(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    private static void TakeText(ref Utf8JsonReader reader, Envelope envelope, string name, ref string? base64)
    {
        // Null is the same as absent.
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            envelope.Refuse(name, "must be a string");
        }
        else if (!JsonText.TryGet(ref reader, Scratch(ref reader), out var text))
        {
            envelope.Refuse(name, "must not hold a NUL or a lone surrogate");
        }
        else if (name == "data_base64")
        {
            base64 = Encoding.UTF8.GetString(text);
        }
        else
        {
            envelope.Set(name, Encoding.UTF8.GetString(text));
        }
    }

    private CostEvent? Finish(Envelope envelope, ReadOnlySpan<byte> data, string? base64, string pointer)
    {
        if (envelope.DataContentType is { } type && !JsonMediaType.Is(type))
            envelope.Refuse("datacontenttype", "must be JSON in UTF-8, such as application/json: data is an event");
        else if (base64 is null == data.IsEmpty)
            envelope.Refuse("data", base64 is null ? "is required" : "and data_base64 exclude each other");
        else if (base64 is null)
            return _event.Read(envelope, data, $"{pointer}/data");
        else if (TryDecode(base64) is { } decoded)
            return _event.Read(envelope, decoded, $"{pointer}/data_base64");
        else
            envelope.Refuse("data_base64", "is not base64");
        return null;
    }

    private static byte[]? TryDecode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
