using Podcasto.Costs.Server.Dashboard;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>503 for everything that needs the database until it is migrated.</summary>
internal sealed class ReadinessGate(RequestDelegate next)
{
    private static readonly PathString[] Free = ["/healthz", "/readyz", "/metrics", "/openapi", "/reference", "/status", "/error"];

    public Task InvokeAsync(HttpContext context, Readiness readiness)
    {
        if (readiness.IsReady || !NeedsDatabase(context))
            return next(context);
        context.Response.Headers.RetryAfter = "1";
        if (context.IsPage())
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        return Problems.Unavailable("The server is starting and waits for its database.").ExecuteAsync(context);
    }

    private static bool NeedsDatabase(HttpContext context)
    {
        // Files have an extension; everything else of the dashboard asks the database, if only for the session.
        var path = context.Request.Path;
        return !Path.HasExtension(path.Value) && !Array.Exists(Free, free => path.StartsWithSegments(free, StringComparison.OrdinalIgnoreCase));
    }
}
