using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>Writes events as the server reads them. Here an event without an id gets one: once, so that every repeat carries the same.</summary>
internal sealed class EventEncoder : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _scratch = new(1_024);
    private readonly Utf8JsonWriter _writer;

    public EventEncoder() => _writer = new Utf8JsonWriter(_scratch, Options);

    /// <summary>The event as JSON, good until the next call.</summary>
    /// <exception cref="Exception">Metadata holds what no JSON can say.</exception>
    public ReadOnlySpan<byte> Encode(in TrackedEvent tracked)
    {
        _scratch.ResetWrittenCount();
        _writer.Reset();
        var (costEvent, at, scope) = tracked;
        var names = costEvent.EpisodeId is not null || costEvent.PodcastId is not null;
        var timestamp = costEvent.Timestamp ?? at;
        _writer.WriteStartObject();
        _writer.WriteString("id"u8, costEvent.Id is { } given && given != Guid.Empty ? given : NewId(timestamp));
        _writer.WriteString("event_type"u8, costEvent.EventType);
        _writer.WriteString("service"u8, costEvent.Service);
        Write("quantity"u8, costEvent.Quantity);
        _writer.WriteString("unit"u8, costEvent.Unit);
        if (costEvent.UnitCostUsd is { } unitCost)
            Write("unit_cost_usd"u8, unitCost);
        Write("episode_id"u8, names ? costEvent.EpisodeId : scope?.EpisodeId);
        Write("podcast_id"u8, names ? costEvent.PodcastId : scope?.PodcastId);
        Write("user_id"u8, costEvent.UserId);
        if (costEvent.Metadata is { Count: > 0 } metadata)
        {
            _writer.WritePropertyName("metadata"u8);
            metadata.WriteTo(_writer);
        }

        _writer.WriteString("timestamp"u8, timestamp.UtcDateTime);
        _writer.WriteEndObject();
        _writer.Flush();
        return _scratch.WrittenSpan;
    }

    public void Dispose() => _writer.Dispose();

    // A clock that stands before 1970 makes no version 7.
    private static Guid NewId(DateTimeOffset at) => Guid.CreateVersion7(at < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : at);

    private void Write(ReadOnlySpan<byte> name, Guid? id)
    {
        if (id is { } value)
            _writer.WriteString(name, value);
    }

    private void Write(ReadOnlySpan<byte> name, decimal value)
    {
        Span<byte> text = stackalloc byte[40];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        _writer.WriteString(name, text[..length]);
    }
}
