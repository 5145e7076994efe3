using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>Every failure a client sees: <c>application/problem+json</c> with a documented type and what to do about it.</summary>
internal static class Problems
{
    private const string Types = "https://podcasto-costs.invalid/problems/";

    /// <summary>400: maps JSON pointers (<c>/3/quantity</c>) or names of query parameters to what is wrong with them.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors)
    {
        var problem = new HttpValidationProblemDetails(errors)
        {
            Type = Types + "invalid",
            Title = "The request is not valid.",
            Status = StatusCodes.Status400BadRequest,
            Detail = "Nothing was stored. Correct what `errors` names and send it again.",
        };
        return TypedResults.Problem(problem);
    }

    /// <summary>400 with one error.</summary>
    public static ProblemHttpResult Invalid(string name, string message) =>
        Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [name] = [message] });

    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, "not-found", "There is no such thing.", detail);

    public static ProblemHttpResult Conflict(string detail) =>
        Of(StatusCodes.Status409Conflict, "conflict", "It conflicts with what is there.", detail);

    public static ProblemHttpResult TooLarge(string detail) =>
        Of(StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large.", detail);

    public static ProblemHttpResult UnsupportedMediaType(string detail) =>
        Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The content type or encoding is not supported.", detail);

    /// <summary>429; the caller sets Retry-After.</summary>
    public static ProblemHttpResult Busy(string detail) => Of(StatusCodes.Status429TooManyRequests, "busy", "The server's queues are full.", detail);

    /// <summary>503; the caller sets Retry-After.</summary>
    public static ProblemHttpResult Unavailable(string detail) =>
        Of(StatusCodes.Status503ServiceUnavailable, "unavailable", "The database is away.", detail);

    /// <summary>503 where a file of ours finds no room; the caller sets Retry-After.</summary>
    public static ProblemHttpResult NoRoom(string detail) =>
        Of(StatusCodes.Status503ServiceUnavailable, "unavailable", "The server's disk is full.", detail);

    /// <summary>503 of something else than the database; the caller sets Retry-After.</summary>
    public static ProblemHttpResult OutOfReach(OutOfReachException exception) =>
        Of(StatusCodes.Status503ServiceUnavailable, exception.Type, exception.Title, exception.Message);

    /// <summary>Says what to do about a status that the framework itself gave, before any handler of ours ran.</summary>
    public static void Explain(ProblemDetails problem)
    {
        if (problem.Detail is not null || OfFramework(problem.Status) is not (var type, var title, var detail))
            return;
        (problem.Type, problem.Title, problem.Detail) = (Types + type, title, detail);
    }

    private static (string Type, string Title, string Detail)? OfFramework(int? status) =>
        status switch
        {
            StatusCodes.Status404NotFound => ("not-found", "There is no such route.", "No route has this path. /openapi/v1.json lists them all."),
            StatusCodes.Status405MethodNotAllowed => (
                "method-not-allowed",
                "The path takes another method.",
                "The path takes another method; the Allow header names it."
            ),
            StatusCodes.Status415UnsupportedMediaType => (
                "unsupported-media-type",
                "The content type or encoding is not supported.",
                "Set Content-Type to one that the route takes: application/json, or for events application/x-ndjson and those of CloudEvents."
            ),
            _ => null,
        };

    public static ProblemHttpResult Of(int status, string type, string title, string detail) =>
        TypedResults.Problem(
            new ProblemDetails
            {
                Type = Types + type,
                Title = title,
                Status = status,
                Detail = detail,
            }
        );
}
