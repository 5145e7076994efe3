using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Server.Ingest;

internal static class IngestEndpoints
{
    private const string Json = "application/json";
    private const string Ndjson = "application/x-ndjson";

    public static void MapIngest(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/v1/events", Post)
            .WithName("IngestEvents")
            .WithSummary("Take events in: one, an array of up to 10,000, or NDJSON of any length")
            .WithTags("Events")
            .Accepts<object>(Json, Ndjson)
            .Produces<IngestReceipt>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            // The limits of bodies are our own: 64 MiB for JSON, none for a stream of lines.
            .WithMetadata(new UnlimitedBody())
            .RequireAuthorization(Policies.Ingest);

    private static async Task<Results<Ok<IngestReceipt>, ProblemHttpResult>> Post(
        HttpContext context,
        IngestQueue queue,
        Utf8StringPool pool,
        TimeProvider clock
    )
    {
        var events = new EventReader(pool, clock.GetUtcNow());
        try
        {
            return MediaType(context.Request) switch
            {
                Json => await PostJson(context, queue, events),
                Ndjson => Busy(context, await new NdjsonIngest(queue, events).RunAsync(BodyStream.Open(context.Request), context.RequestAborted)),
                _ => Problems.UnsupportedMediaType($"Content-Type must be {Json} or {Ndjson}, in UTF-8."),
            };
        }
        catch (BodyException exception)
        {
            return exception.Problem;
        }
        catch (InvalidDataException)
        {
            return Problems.Invalid(
                "",
                "is not a complete gzip stream; lines before the damage may be stored, and ids make it harmless to send them again"
            );
        }
    }

    private static async Task<Results<Ok<IngestReceipt>, ProblemHttpResult>> PostJson(HttpContext context, IngestQueue queue, EventReader reader)
    {
        var errors = new FieldErrors();
        List<CostEvent>? events;
        bool isArray;
        using (var body = await BoundedBody.ReadAsync(context.Request, BoundedBody.MaxBytes, context.RequestAborted))
        {
            events = EventBody.Read(body.Bytes, reader, errors);
            isArray = body.Bytes.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
        }

        if (events is null)
            return Problems.Invalid(errors.Messages);
        if (queue.TryEnqueue(events) is not { } answer)
            return Busy(
                context,
                Problems.Busy("Too many events are waiting to be stored. Nothing of this request was; send it again after a while.")
            );
        var result = await answer;
        if (result.TooDear.Count > 0)
            return Problems.Invalid(
                result.TooDear.Take(100).ToDictionary(index => isArray ? $"/{index}" : "", _ => new[] { ReceiptBuilder.TooDear })
            );

        var receipt = new ReceiptBuilder();
        receipt.Add(result.Outcomes);
        return TypedResults.Ok(receipt.Build() with { Events = WantsMinimal(context) ? null : ReceiptBuilder.Entries(result.Outcomes) });
    }

    private static Results<Ok<IngestReceipt>, ProblemHttpResult> Busy(HttpContext context, Results<Ok<IngestReceipt>, ProblemHttpResult> result)
    {
        if (result.Result is ProblemHttpResult { StatusCode: StatusCodes.Status429TooManyRequests })
            context.Response.Headers.RetryAfter = "1";
        return result;
    }

    private static bool WantsMinimal(HttpContext context)
    {
        var preferences = context.Request.Headers.GetCommaSeparatedValues("Prefer");
        if (!Array.Exists(preferences, preference => preference.Trim().Equals("return=minimal", StringComparison.OrdinalIgnoreCase)))
            return false;
        context.Response.Headers["Preference-Applied"] = "return=minimal";
        return true;
    }

    // A charset other than UTF-8 is another content type.
    private static string? MediaType(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return null;
        if (type.Charset.HasValue && !type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return null;
        return type.MediaType.Value?.ToLowerInvariant();
    }

    private sealed class UnlimitedBody : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}
