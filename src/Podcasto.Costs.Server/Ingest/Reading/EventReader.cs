using System.Text.Json;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Ingest.Reading;

/// <summary>Reads one event from JSON into the domain, naming everything that is wrong with it. Not thread-safe; reused for a whole body.</summary>
internal sealed class EventReader(Utf8StringPool pool, DateTimeOffset now)
{
    private const EventField Required = EventField.EventType | EventField.Service | EventField.Quantity | EventField.Unit;

    private readonly MetadataReader _metadata = new(pool);
    private readonly DateTimeOffset _latest = now.AddHours(24);
    private byte[] _scratch = [];
    private FieldErrors _errors = new();
    private int? _index;
    private Draft _draft;

    /// <summary>The fields that the last event had, null not counted.</summary>
    public EventField Given => _draft.Given;

    private string Pointer => _index is { } index ? $"/{index}" : "";

    /// <summary>Reads the object that the reader stands at, and leaves it at its end.</summary>
    /// <param name="reader">Of the body.</param>
    /// <param name="body">The whole of what the reader reads, known to be valid UTF-8.</param>
    /// <param name="index">The event's place in an array; null for one that stands alone.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="typeIfAbsent">Its type where the object names none; null where it must.</param>
    /// <returns>The event, or null where anything was wrong.</returns>
    public CostEvent? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, int? index, FieldErrors errors, EventType? typeIfAbsent = null)
    {
        (_index, _errors, _draft) = (index, errors, default);
        _metadata.Clear();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            JsonText.SkipSound(ref reader);
            errors.Add(Pointer, "must be an event: a JSON object");
            return null;
        }

        var failed = false;
        var seen = EventField.None;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var field = EventFields.Of(ref reader);
            if (field == EventField.None || (seen & field & ~EventField.Ignored) != 0)
            {
                failed = true;
                RefuseName(ref reader, field);
                continue;
            }

            seen |= field;
            reader.Read();
            // Null is the same as absent.
            if (reader.TokenType != JsonTokenType.Null)
                failed |= !ReadField(ref reader, body, field);
        }

        if (typeIfAbsent is { } type && (_draft.Given & EventField.EventType) == 0)
        {
            _draft.Type = type;
            _draft.Given |= EventField.EventType;
        }

        failed |= !HasRequired();
        return failed ? null : Build();
    }

    /// <summary>Reads a time as the ledger takes it; what is wrong with it, or null.</summary>
    public string? TimeFault(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        if (!Rfc3339.TryParse(text, out instant))
            return "must be an RFC 3339 time with an offset, such as 2026-01-31T09:30:00Z";
        if (instant < Rfc3339.Earliest)
            return "must not be before 2000-01-01T00:00:00Z";
        return instant > _latest ? "must not be more than 24 hours ahead of the server's clock" : null;
    }

    private bool HasRequired()
    {
        if ((_draft.Given & Required) == Required)
            return true;
        foreach (var (name, field) in EventFields.Names)
        {
            if ((Required & field) != 0 && (_draft.Given & field) == 0)
                _errors.Add($"{Pointer}/{name}", "is required");
        }

        return false;
    }

    private CostEvent Build() =>
        new()
        {
            Id = _draft.Id ?? Guid.CreateVersion7(now),
            EpisodeId = _draft.EpisodeId,
            PodcastId = _draft.PodcastId,
            UserId = _draft.UserId,
            Type = _draft.Type,
            Service = _draft.Service!,
            Quantity = _draft.Quantity,
            Unit = _draft.Unit!,
            UnitCostUsd = _draft.UnitCostUsd,
            Model = _metadata.Model,
            Region = _metadata.Region,
            Usage = _metadata.Usage,
            Metadata = _metadata.Compact,
            Timestamp = _draft.Timestamp ?? Microseconds(now),
        };

    private bool ReadField(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, EventField field)
    {
        _draft.Given |= field;
        return field switch
        {
            EventField.Id => ReadId(ref reader, "id", ref _draft.Id),
            EventField.EpisodeId => ReadId(ref reader, "episode_id", ref _draft.EpisodeId),
            EventField.PodcastId => ReadId(ref reader, "podcast_id", ref _draft.PodcastId),
            EventField.UserId => ReadId(ref reader, "user_id", ref _draft.UserId),
            EventField.EventType => ReadType(ref reader),
            EventField.Service => ReadSlug(ref reader, "service", ref _draft.Service),
            EventField.Unit => ReadSlug(ref reader, "unit", ref _draft.Unit),
            EventField.Quantity => ReadDecimal(ref reader, "quantity", DecimalLimits.Quantity, out _draft.Quantity),
            EventField.UnitCostUsd => ReadUnitCost(ref reader),
            EventField.Timestamp => ReadTimestamp(ref reader),
            EventField.Metadata => ReadMetadata(ref reader, body),
            _ => Ignore(ref reader, field),
        };
    }

    private bool ReadId(ref Utf8JsonReader reader, string name, ref Guid? id)
    {
        if (!TryGetString(ref reader, name, out var text))
            return false;
        if (!Ids.TryParse(text, out var parsed))
            return Refuse(name, "must be a UUID in 8-4-4-4-12 form, and not the nil UUID");
        id = parsed;
        return true;
    }

    private bool ReadType(ref Utf8JsonReader reader)
    {
        if (!TryGetString(ref reader, "event_type", out var text))
            return false;
        return EventTypes.TryParse(text, out _draft.Type) || Refuse("event_type", $"must be one of {string.Join(", ", EventTypes.Names)}");
    }

    private bool ReadSlug(ref Utf8JsonReader reader, string name, ref string? slug)
    {
        if (!TryGetString(ref reader, name, out var text))
            return false;
        slug = pool.Get(text);
        return Slug.IsValid(slug) || Refuse(name, "must be 1 to 64 of the characters a-z, 0-9, underscore, dot and hyphen");
    }

    private bool ReadUnitCost(ref Utf8JsonReader reader)
    {
        var read = ReadDecimal(ref reader, "unit_cost_usd", DecimalLimits.UnitCost, out var unitCost);
        _draft.UnitCostUsd = unitCost;
        return read;
    }

    private bool ReadDecimal(ref Utf8JsonReader reader, string name, DecimalLimits limits, out decimal value)
    {
        value = 0;
        scoped ReadOnlySpan<byte> text;
        if (reader.TokenType == JsonTokenType.Number)
            text = reader.ValueSpan;
        else if (reader.TokenType != JsonTokenType.String)
            return RefuseValue(ref reader, name, "must be a number, or a string that holds one");
        else if (!TryGetString(ref reader, name, out text))
            return false;
        var fault = DecimalText.TryParse(text, limits, out value);
        return fault == DecimalFault.None || Refuse(name, DecimalFaults.Describe(fault, limits));
    }

    private bool ReadTimestamp(ref Utf8JsonReader reader)
    {
        if (!TryGetString(ref reader, "timestamp", out var text))
            return false;
        if (TimeFault(text, out var instant) is { } fault)
            return Refuse("timestamp", fault);
        _draft.Timestamp = instant;
        return true;
    }

    private bool ReadMetadata(ref Utf8JsonReader reader, ReadOnlySpan<byte> body) =>
        _metadata.Read(ref reader, body) is not { } error || Refuse("metadata" + error.Pointer, error.Message);

    private bool Ignore(ref Utf8JsonReader reader, EventField field) =>
        JsonText.SkipSound(ref reader)
        || Refuse(EventFields.Names.First(entry => entry.Field == field).Name, "must not hold a NUL or a lone surrogate");

    private bool TryGetString(ref Utf8JsonReader reader, string name, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (reader.TokenType != JsonTokenType.String)
            return RefuseValue(ref reader, name, "must be a string");
        if (!reader.ValueIsEscaped)
        {
            text = reader.ValueSpan;
            return true;
        }

        if (_scratch.Length < reader.ValueSpan.Length)
            _scratch = new byte[reader.ValueSpan.Length * 2];
        return JsonText.TryGet(ref reader, _scratch, out text) || Refuse(name, "must not hold a NUL or a lone surrogate");
    }

    private bool RefuseValue(ref Utf8JsonReader reader, string name, string message)
    {
        JsonText.SkipSound(ref reader);
        return Refuse(name, message);
    }

    private bool Refuse(string name, string message)
    {
        _errors.Add($"{Pointer}/{name}", message);
        return false;
    }

    private void RefuseName(ref Utf8JsonReader reader, EventField field)
    {
        const int Shown = 64;
        if (!JsonText.TryGet(ref reader, new byte[reader.ValueSpan.Length], out var name))
        {
            _errors.Add(Pointer, "has a field whose name holds a NUL or a lone surrogate");
        }
        else
        {
            var text = System.Text.Encoding.UTF8.GetString(name[..Math.Min(name.Length, Shown)]);
            var pointer = $"{Pointer}/{text.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            _errors.Add(pointer, field == EventField.None ? "is not a field of an event; put it into metadata" : "is given twice");
        }

        reader.Read();
        JsonText.SkipSound(ref reader);
    }

    private static DateTimeOffset Microseconds(DateTimeOffset instant) =>
        new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    private struct Draft
    {
        public EventField Given;
        public Guid? Id;
        public Guid? EpisodeId;
        public Guid? PodcastId;
        public Guid? UserId;
        public EventType Type;
        public string? Service;
        public string? Unit;
        public decimal Quantity;
        public decimal? UnitCostUsd;
        public DateTimeOffset? Timestamp;
    }
}
