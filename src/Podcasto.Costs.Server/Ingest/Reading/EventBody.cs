using System.Text.Json;
using System.Text.Unicode;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>Reads a JSON body: one event or an array of them, all or nothing.</summary>
internal static class EventBody
{
    /// <summary>Most events in one array.</summary>
    public const int MaxEvents = 10_000;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    /// <summary>The events in the order sent, or null where <paramref name="errors"/> says what is wrong.</summary>
    public static List<CostEvent>? Read(ReadOnlySpan<byte> body, EventReader events, FieldErrors errors)
    {
        if (!Utf8.IsValid(body))
        {
            errors.Add("", "is not valid UTF-8");
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(body, Options);
            reader.Read();
            var result = reader.TokenType == JsonTokenType.StartArray ? ReadArray(ref reader, events, errors) : ReadOne(ref reader, events, errors);
            // Anything after the value is malformed; the reader finds out.
            if (!errors.Any)
                reader.Read();
            return errors.Any ? null : result;
        }
        catch (JsonException exception)
        {
            errors.Add("", $"is not valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}");
            return null;
        }
    }

    /// <summary>One line of NDJSON; null where <paramref name="errors"/> says what is wrong.</summary>
    public static CostEvent? ReadLine(ReadOnlySpan<byte> line, EventReader events, FieldErrors errors)
    {
        if (line.TrimStart(" \t"u8) is [(byte)'[', ..])
        {
            errors.Add("", "must be an event: a JSON object");
            return null;
        }

        return Read(line, events, errors) is [var costEvent] ? costEvent : null;
    }

    private static List<CostEvent> ReadOne(ref Utf8JsonReader reader, EventReader events, FieldErrors errors) =>
        events.Read(ref reader, "", errors) is { } costEvent ? [costEvent] : [];

    private static List<CostEvent> ReadArray(ref Utf8JsonReader reader, EventReader events, FieldErrors errors)
    {
        var result = new List<CostEvent>();
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index == MaxEvents)
            {
                errors.Add("", $"holds more than {MaxEvents} events; send several arrays, or NDJSON");
                return result;
            }

            // Past the first hundred faults only the grammar is still looked at.
            if (errors.IsFull)
                reader.Skip();
            else if (events.Read(ref reader, $"/{index}", errors) is { } costEvent)
                result.Add(costEvent);
        }

        return result;
    }
}
