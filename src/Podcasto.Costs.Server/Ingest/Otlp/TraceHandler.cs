using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>Takes the bodies of <c>POST /v1/traces</c>: what exporters of OpenTelemetry send.</summary>
internal sealed class TraceHandler(IngestQueue queue, SpansAbove spansAbove, Utf8StringPool pool, TimeProvider clock)
{
    public async Task PostAsync(HttpContext context)
    {
        try
        {
            var encoding =
                TraceEncoding.Of(context.Request)
                ?? throw new BodyException(
                    Problems.UnsupportedMediaType($"Content-Type must be {TraceEncoding.Protobuf}, or {TraceEncoding.Json} in UTF-8.")
                );
            var batch = await ReadAsync(context.Request, encoding, context.RequestAborted);
            var report = await new TraceIngest(queue, spansAbove, new EventReader(pool, clock.GetUtcNow())).RunAsync(batch);
            if (report is not null)
            {
                await TraceAnswer.WriteAsync(context, encoding, report);
                return;
            }

            context.Response.Headers.RetryAfter = "1";
            await Problems
                .Busy("Too many events are waiting to be stored. Send the same spans again after a while: none is counted twice.")
                .ExecuteAsync(context);
        }
        catch (BodyException exception)
        {
            await exception.Problem.ExecuteAsync(context);
        }
    }

    private static async Task<SpanBatch> ReadAsync(HttpRequest request, string encoding, CancellationToken cancellationToken)
    {
        using var body = await BoundedBody.ReadAsync(request, BoundedBody.MaxBytes, cancellationToken);
        var batch = new SpanBatch();
        try
        {
            if (encoding == TraceEncoding.Protobuf)
                new ProtobufSpans(body.Segment, batch).Read();
            else if (Utf8.IsValid(body.Bytes))
                new JsonSpans(body.Bytes, batch).Read();
            else
                throw new BodyException(Problems.Invalid("", "is not valid UTF-8"));
            return batch;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new BodyException(Problems.Invalid("", $"is no export of traces in protobuf: {exception.Message}"));
        }
        catch (JsonException exception)
        {
            throw new BodyException(
                Problems.Invalid("", $"is not valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}")
            );
        }
    }
}
