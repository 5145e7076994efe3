using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Server.Ingest.CloudEvents;

/// <summary>Makes an event of a CloudEvent's data, read as strictly as any event, and of what its envelope says.</summary>
internal sealed class EnvelopedEvent(EventReader events, FieldErrors errors)
{
    /// <summary>The event, or null where anything was wrong.</summary>
    /// <param name="envelope">Its attributes.</param>
    /// <param name="data">JSON.</param>
    /// <param name="pointer">Where the data lies in the body.</param>
    public CostEvent? Read(Envelope envelope, ReadOnlySpan<byte> data, string pointer)
    {
        var before = errors.Count;
        if (!envelope.IsComplete() || errors.Count > before || envelope.Identity() is not { } id || !TryTime(envelope, out var time))
            return null;
        if (ReadData(envelope, data, pointer) is not { } costEvent)
            return null;
        // What it is about otherwise is nobody's business here, whatever it looks like.
        var namesNeither = costEvent.EpisodeId is null && costEvent.PodcastId is null;
        var subject = namesNeither ? Subject.Of(envelope) : default;
        if (events.Given.HasFlag(EventField.Id) && costEvent.Id != id)
            errors.Add($"{pointer}/id", "is not the identity that the envelope gives; leave it out");
        if (events.Given.HasFlag(EventField.Timestamp) && time is not null && costEvent.Timestamp != time)
            errors.Add($"{pointer}/timestamp", "is not the time of the envelope; leave one of them out");
        if (errors.Count > before)
            return null;
        return costEvent with
        {
            Id = id,
            Timestamp = time ?? costEvent.Timestamp,
            EpisodeId = namesNeither ? subject.EpisodeId : costEvent.EpisodeId,
            PodcastId = namesNeither ? subject.PodcastId : costEvent.PodcastId,
        };
    }

    private bool TryTime(Envelope envelope, out DateTimeOffset? time)
    {
        time = null;
        if (envelope.Time is null)
            return true;
        if (events.TimeFault(Encoding.UTF8.GetBytes(envelope.Time), out var instant) is { } fault)
        {
            envelope.Refuse("time", fault);
            return false;
        }

        time = instant;
        return true;
    }

    private CostEvent? ReadData(Envelope envelope, ReadOnlySpan<byte> data, string pointer)
    {
        var faults = new FieldErrors();
        var costEvent = Parse(data, envelope.EventType(), faults);
        foreach (var (at, messages) in faults.Messages)
        {
            // Nobody named the type: that is the envelope's to do.
            if (at == "/event_type" && !events.Given.HasFlag(EventField.EventType))
                envelope.Refuse("type", $"must be one of {string.Join(", ", EventTypes.Names)} where data has no event_type");
            else
                errors.Add(pointer + at, string.Join("; ", messages));
        }

        return costEvent;
    }

    private CostEvent? Parse(ReadOnlySpan<byte> data, EventType? type, FieldErrors faults)
    {
        if (!Utf8.IsValid(data))
        {
            faults.Add("", "is not valid UTF-8");
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(data, EventBody.Options);
            reader.Read();
            var costEvent = events.Read(ref reader, data, null, faults, type);
            // Anything after the value is malformed; the reader finds out.
            if (costEvent is not null)
                reader.Read();
            return costEvent;
        }
        catch (JsonException exception)
        {
            faults.Add("", $"is not valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}");
            return null;
        }
    }

    private readonly record struct Subject(Guid? EpisodeId, Guid? PodcastId)
    {
        private const string Episode = "episode/";
        private const string Podcast = "podcast/";

        public static Subject Of(Envelope envelope)
        {
            var text = envelope.Subject ?? "";
            var kind =
                text.StartsWith(Episode, StringComparison.Ordinal) ? Episode
                : text.StartsWith(Podcast, StringComparison.Ordinal) ? Podcast
                : null;
            if (kind is null)
                return default;
            if (Ids.TryParse(text[kind.Length..], out var id))
                return kind == Episode ? new Subject(id, null) : new Subject(null, id);
            envelope.Refuse("subject", $"must have a UUID after {kind}");
            return default;
        }
    }
}
