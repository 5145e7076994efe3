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

    /// <summary>How deep a body may nest at all; metadata has a limit of its own.</summary>
    public const int MaxDepth = 64;

    public static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>The events in the order sent, or null where <paramref name="errors"/> says what is wrong.</summary>
    public static List<CostEvent>? Read(ReadOnlySpan<byte> body, EventReader events, FieldErrors errors)
    {
        var result = new List<CostEvent>();
        return TryRead(body, events, errors, result) ? result : null;
    }

    /// <summary>Reads one line of NDJSON.</summary>
    /// <returns>Whether its event was added; if not, <paramref name="errors"/> says what is wrong.</returns>
    public static bool TryReadLine(ReadOnlySpan<byte> line, EventReader events, FieldErrors errors, List<CostEvent> to)
    {
        if (line.TrimStart(" \t"u8) is not [(byte)'[', ..])
            return TryRead(line, events, errors, to);
        errors.Add("", "must be an event: a JSON object");
        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> body, EventReader events, FieldErrors errors, List<CostEvent> to)
    {
        if (!Utf8.IsValid(body))
        {
            errors.Add("", "is not valid UTF-8");
            return false;
        }

        var start = to.Count;
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
                ReadArray(ref reader, body, events, errors, to);
            else if (events.Read(ref reader, body, null, errors) is { } costEvent)
                to.Add(costEvent);
            // Anything after the value is malformed; the reader finds out.
            if (!errors.Any)
                reader.Read();
        }
        catch (JsonException exception)
        {
            errors.Add("", $"is not valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}");
        }

        if (errors.Any)
            to.RemoveRange(start, to.Count - start);
        return !errors.Any;
    }

    private static void ReadArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, EventReader events, FieldErrors errors, List<CostEvent> to)
    {
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index == MaxEvents)
            {
                errors.Add("", $"holds more than {MaxEvents} events; send several arrays, or NDJSON");
                return;
            }

            // Past the first hundred faults only the grammar is still looked at.
            if (errors.IsFull)
                reader.Skip();
            else if (events.Read(ref reader, body, index, errors) is { } costEvent)
                to.Add(costEvent);
        }
    }
}
