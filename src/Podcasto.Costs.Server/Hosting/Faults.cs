using Microsoft.AspNetCore.Diagnostics;
using Podcasto.Costs.Server.Dashboard;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Parquet;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>Turns what escaped a handler into an answer: 503 where the database or the archive is away, what the server says of a bad request, else 500.</summary>
internal sealed partial class Faults(Database database, ILogger<Faults> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException or IOException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var answer = Answer(httpContext, exception);
        if (httpContext.IsPage())
        {
            httpContext.Response.StatusCode = answer.StatusCode;
            return false;
        }

        await answer.ExecuteAsync(httpContext);
        return true;
    }

    private Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Answer(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BodyException body:
                return body.Problem;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problems.TooLarge("The body exceeds the limit of this route.");
            case BadHttpRequestException bad:
                return Problems.Of(bad.StatusCode, "bad-request", "The request is not valid.", bad.Message);
            case DiskFullException full:
                Log.DiskFull(log, full);
                context.Response.Headers.RetryAfter = "60";
                return Problems.NoRoom($"{full.Message} Nothing was left behind. Make room, and send the request again.");

            case OutOfReachException missing:
                Log.OutOfReach(log, missing);
                context.Response.Headers.RetryAfter = "30";
                return Problems.OutOfReach(missing);
            case var _ when database.IsUnavailable(exception):
                Log.DatabaseAway(log, exception);
                context.Response.Headers.RetryAfter = "1";
                return Problems.Unavailable(
                    "The database cannot be reached, or is full. Send the request again after a while; ids make that harmless."
                );
            default:
                Log.Unexpected(log, exception);
                return Problems.Of(
                    StatusCodes.Status500InternalServerError,
                    "fault",
                    "The server made a mistake.",
                    "It is logged. Sending the request again is harmless."
                );
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The database is away")]
        public static partial void DatabaseAway(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Error, "There is no room for a file")]
        public static partial void DiskFull(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Error, "A request needs what cannot be reached")]
        public static partial void OutOfReach(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Error, "A request failed")]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
