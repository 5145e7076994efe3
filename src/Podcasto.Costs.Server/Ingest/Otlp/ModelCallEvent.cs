using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Podcasto.Costs.Client.Models;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>
/// Makes an event of a span. It goes by the JSON that a client would have sent, so that it is held to the same rules. Not thread-safe.
/// </summary>
internal sealed class ModelCallEvent(EventReader events)
{
    private const ulong TicksBefore1970 = 621_355_968_000_000_000;

    private readonly ArrayBufferWriter<byte> _json = new(1024);

    /// <summary>Ids of episodes and podcasts that were none, and were left out.</summary>
    public int BadReferences { get; private set; }

    /// <summary>The event; or what it lacks.</summary>
    public (CostEvent? Event, string Fault) Read(ReceivedSpan span)
    {
        if (span.TraceId == 0 || span.SpanId == 0)
            return (null, "trace or span id is missing or malformed");
        if (span.EndNanoseconds == 0)
            return (null, "the end time is missing");
        if (span.Attributes.Text(SpanFact.Provider) is not { } provider)
            return (null, "no provider is named (gen_ai.provider.name)");
        if (Tokens(span.Attributes) is not { } tokens)
            return (null, "a number of tokens is no whole number, or negative");
        Write(span, provider, tokens);
        var errors = new FieldErrors();
        var reader = new Utf8JsonReader(_json.WrittenSpan, EventBody.Options);
        reader.Read();
        var costEvent = events.Read(ref reader, _json.WrittenSpan, null, errors);
        return (costEvent, string.Join("; ", errors.Messages.Select(error => $"{error.Key[1..]} {string.Join(", ", error.Value)}")));
    }

    private static decimal? Tokens(SpanAttributes attributes)
    {
        var (input, output) = (attributes[SpanFact.InputTokens].Count, attributes[SpanFact.OutputTokens].Count);
        if ((attributes.Has(SpanFact.InputTokens) && input is null) || (attributes.Has(SpanFact.OutputTokens) && output is null))
            return null;
        if (input is null && output is null)
            return attributes[SpanFact.TotalTokens].Count;
        return (decimal)(input ?? 0) + (output ?? 0);
    }

    private void Write(ReceivedSpan span, string provider, decimal tokens)
    {
        var attributes = span.Attributes;
        var model = Model(attributes);
        _json.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_json);
        json.WriteStartObject();
        json.WriteString("id", NamedId.Of(NamedId.Spans, Key(span)));
        json.WriteString("event_type", EventTypes.Name(EventType.AiApiCall));
        json.WriteString("service", ModelService.Of(provider, ModelCall.Operation(span), attributes.Text(SpanFact.OutputType), model));
        json.WriteNumber("quantity", tokens);
        json.WriteString("unit", "tokens");
        json.WriteString("timestamp", WireJson.Format(Instant(span.EndNanoseconds)));
        WriteReference(json, "episode_id", span, SpanFact.EpisodeId);
        WriteReference(json, "podcast_id", span, SpanFact.PodcastId);
        json.WriteStartObject("metadata");
        WriteText(json, "model", model);
        WriteCount(json, "input_tokens", attributes[SpanFact.InputTokens]);
        WriteCount(json, "output_tokens", attributes[SpanFact.OutputTokens]);
        WriteCount(json, "cached_input_tokens", attributes[SpanFact.CachedInputTokens]);
        WriteCount(json, "cache_write_tokens", attributes[SpanFact.CacheWriteTokens]);
        WriteCount(json, "reasoning_tokens", attributes[SpanFact.ReasoningTokens]);
        WriteText(json, "provider", provider);
        WriteText(json, "operation", ModelCall.Operation(span));
        WriteOther(json, "request_model", ModelName(attributes, SpanFact.RequestModel), model);
        WriteOther(json, "response_model", ModelName(attributes, SpanFact.ResponseModel), model);
        WriteReasons(json, attributes[SpanFact.FinishReasons]);
        WriteText(json, "error_type", attributes.Text(SpanFact.ErrorType) ?? (span.Failed ? "_OTHER" : null));
        json.WriteString("trace_id", Key(span)[..32]);
        json.WriteString("span_id", Key(span)[32..]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Key(ReceivedSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TraceId:x32}{span.SpanId:x16}");

    private static string? Model(SpanAttributes attributes) =>
        ModelNames.Charged(ModelName(attributes, SpanFact.RequestModel), ModelName(attributes, SpanFact.ResponseModel));

    // Some tracers have a word for what they do not know.
    private static string? ModelName(SpanAttributes attributes, SpanFact fact) =>
        attributes.Text(fact) is { } model && model.ToLowerInvariant() is not ("none" or "unknown") ? WithoutFolder(model) : null;

    // models/gemini-2.5-flash, publishers/google/models/gemini-2.5-flash, projects/p/locations/l/publishers/google/models/gemini-2.5-flash.
    private static string? WithoutFolder(string? model)
    {
        const string Folder = "models/";
        if (model is null || model.LastIndexOf(Folder, StringComparison.Ordinal) is not (>= 0 and var at))
            return model;
        return at == 0 || model.StartsWith("publishers/", StringComparison.Ordinal) || model.StartsWith("projects/", StringComparison.Ordinal)
            ? model[(at + Folder.Length)..]
            : model;
    }

    // 64 bits of nanoseconds reach the year 2554.
    private static DateTimeOffset Instant(ulong nanoseconds) => new((long)(TicksBefore1970 + nanoseconds / 1_000 * 10), TimeSpan.Zero);

    private void WriteReference(Utf8JsonWriter json, string name, ReceivedSpan span, SpanFact fact)
    {
        var attributes = span.Attributes.Has(fact) ? span.Attributes : span.Resource;
        if (!attributes.Has(fact))
            return;
        if (Ids.TryParse(attributes.Text(fact) ?? "", out var id))
            json.WriteString(name, id);
        else
            BadReferences++;
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }

    // A name of the model that is not the one it is charged by.
    private static void WriteOther(Utf8JsonWriter json, string name, string? model, string? charged) =>
        WriteText(json, name, model == charged ? null : model);

    private static void WriteCount(Utf8JsonWriter json, string name, AttributeValue value)
    {
        if (value.Count is { } count)
            json.WriteNumber(name, count);
    }

    private static void WriteReasons(Utf8JsonWriter json, AttributeValue value)
    {
        var reasons = value.Texts ?? (value.Text is { } text ? [text] : []);
        if (reasons.Count == 0)
            return;
        json.WriteStartArray("finish_reasons");
        foreach (var reason in reasons)
            json.WriteStringValue(reason);
        json.WriteEndArray();
    }
}
