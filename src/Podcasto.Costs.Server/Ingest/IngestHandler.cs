using Microsoft.Net.Http.Headers;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.CloudEvents;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Server.Ingest;

/// <summary>
/// Takes the bodies of <c>POST /api/v1/events</c>. Works on the request itself: arguments that the framework binds, and results that it writes,
/// would cost as much as the event.
/// </summary>
internal sealed class IngestHandler(IngestQueue queue, Utf8StringPool pool, TimeProvider clock)
{
    public const string Json = "application/json";
    public const string Ndjson = "application/x-ndjson";

    private static readonly ReadBody ReadJson = (_, body, events, errors) => EventBody.Read(body, events, errors);
    private static readonly ReadBody ReadStructured = (_, body, events, errors) => new StructuredEvents(events, errors).Read(body, isBatch: false);
    private static readonly ReadBody ReadBatch = (_, body, events, errors) => new StructuredEvents(events, errors).Read(body, isBatch: true);
    private static readonly ReadBody ReadBinary = (request, body, events, errors) => BinaryEvent.Read(request.Headers, body, events, errors);

    // The events in the order sent, or null where the errors say what is wrong.
    private delegate List<CostEvent>? ReadBody(HttpRequest request, ReadOnlySpan<byte> body, EventReader events, FieldErrors errors);

    public async Task PostAsync(HttpContext context)
    {
        IngestAnswer answer;
        try
        {
            answer = MediaType(context.Request.ContentType) switch
            {
                Json when !BinaryEvent.IsIn(context.Request.Headers) => await TakeAsync(context, ReadJson),
                // A CloudEvent has one thing to tell, and an identity that lines would not have.
                Ndjson when BinaryEvent.IsIn(context.Request.Headers) => Problems.UnsupportedMediaType(
                    $"Content-Type must be {Json} for a CloudEvent in the binary mode (ce- headers)."
                ),
                Ndjson => await new NdjsonIngest(queue, NewReader()).RunAsync(BodyStream.Open(context.Request), context.RequestAborted),
                StructuredEvents.MediaType => await TakeAsync(context, ReadStructured),
                StructuredEvents.BatchMediaType => await TakeAsync(context, ReadBatch),
                { } type when JsonMediaType.Is(type) && BinaryEvent.IsIn(context.Request.Headers) => await TakeAsync(context, ReadBinary),
                _ => Problems.UnsupportedMediaType(
                    $"Content-Type must be {Json}, {Ndjson}, {StructuredEvents.MediaType} or {StructuredEvents.BatchMediaType}, in UTF-8."
                ),
            };
        }
        catch (BodyException exception)
        {
            answer = exception.Problem;
        }
        catch (InvalidDataException)
        {
            answer = Problems.Invalid(
                "",
                "is not a complete gzip stream; lines before the damage may be stored, and ids make it harmless to send them again"
            );
        }

        await answer.WriteAsync(context);
    }

    private async Task<IngestAnswer> TakeAsync(HttpContext context, ReadBody read)
    {
        var errors = new FieldErrors();
        List<CostEvent>? events;
        bool isArray;
        using (var body = await BoundedBody.ReadAsync(context.Request, BoundedBody.MaxBytes, context.RequestAborted))
        {
            events = read(context.Request, body.Bytes, NewReader(), errors);
            isArray = body.Bytes.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
        }

        if (events is null)
            return Problems.Invalid(errors.Messages);
        if (queue.TryEnqueue(events) is not { } answer)
            return Problems.Busy("Too many events are waiting to be stored. Nothing of this request was; send it again after a while.");
        var result = await answer;
        return result.TooDear.Count > 0 ? TooDear(result.TooDear, isArray) : Receipt(context, result);
    }

    private static IngestAnswer TooDear(IReadOnlyList<int> indexes, bool isArray) =>
        Problems.Invalid(indexes.Take(100).ToDictionary(index => isArray ? $"/{index}" : "", _ => new[] { ReceiptBuilder.TooDear }));

    private static IngestReceipt Receipt(HttpContext context, IngestResult result)
    {
        var receipt = new ReceiptBuilder();
        receipt.Add(result.Outcomes);
        var sums = receipt.Build();
        return WantsMinimal(context) ? sums : sums with { Events = ReceiptBuilder.Entries(result.Outcomes) };
    }

    private static bool WantsMinimal(HttpContext context)
    {
        const string Minimal = "return=minimal";
        var preferences = context.Request.Headers["Prefer"];
        if (preferences.Count == 0)
            return false;
        var wanted = preferences is [Minimal] || Preferences.Hold(preferences, "return", "minimal");
        if (wanted)
            context.Response.Headers["Preference-Applied"] = Minimal;
        return wanted;
    }

    private EventReader NewReader() => new(pool, clock.GetUtcNow());

    // A charset other than UTF-8 is another content type.
    private static string? MediaType(string? contentType)
    {
        if (contentType is Json or Ndjson)
            return contentType;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
            return null;
        if (type.Charset.HasValue && !type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return null;
        return type.MediaType.Value?.ToLowerInvariant();
    }
}
