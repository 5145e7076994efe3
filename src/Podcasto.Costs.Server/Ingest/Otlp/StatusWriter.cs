using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Ingest.Otlp;

/// <summary>
/// Errors of the routes of OTLP, whoever finds them: as <c>google.rpc.Status</c> in the request's encoding, which the protocol demands, instead of the
/// problem that every other route answers.
/// </summary>
internal sealed class StatusWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) =>
        // With a slash at its end it is the same route.
        context.HttpContext.Request.Path.Value?.TrimEnd('/').Equals(TraceEndpoints.Path, StringComparison.OrdinalIgnoreCase) == true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var (code, message) = (CodeOf(http.Response.StatusCode), MessageOf(context.ProblemDetails, http.Response.StatusCode));
        // Who sends neither encoding can at least read this one.
        var encoding = TraceEncoding.Of(http.Request) ?? TraceEncoding.Json;
        var body =
            encoding == TraceEncoding.Protobuf
                ? TraceEncoding.Message(output =>
                {
                    output.WriteTag(1, WireFormat.WireType.Varint);
                    output.WriteInt32(code);
                    output.WriteTag(2, WireFormat.WireType.LengthDelimited);
                    output.WriteString(message);
                })
                : JsonSerializer.SerializeToUtf8Bytes(new { code, message });
        return new ValueTask(TraceEncoding.WriteAsync(http, encoding, body));
    }

    private static string MessageOf(ProblemDetails problem, int status)
    {
        problem.Detail ??=
            status == StatusCodes.Status415UnsupportedMediaType
                ? $"Content-Type must be {TraceEncoding.Protobuf}, or {TraceEncoding.Json} in UTF-8."
                : null;
        problem.Status ??= status;
        Problems.Explain(problem);
        var message = problem.Detail ?? problem.Title ?? ReasonPhrases.GetReasonPhrase(status);
        return problem is not HttpValidationProblemDetails { Errors.Count: > 0 } invalid
            ? message
            : string.Join("; ", invalid.Errors.Select(error => $"The body{error.Key} {string.Join(", ", error.Value)}"));
    }

    // The codes of gRPC.
    private static int CodeOf(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => 16,
            StatusCodes.Status403Forbidden => 7,
            StatusCodes.Status404NotFound => 5,
            StatusCodes.Status405MethodNotAllowed => 12,
            StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests => 8,
            StatusCodes.Status503ServiceUnavailable => 14,
            >= StatusCodes.Status500InternalServerError => 13,
            _ => 3,
        };
}
