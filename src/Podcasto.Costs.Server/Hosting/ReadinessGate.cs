namespace Podcasto.Costs.Server.Hosting;

/// <summary>503 for the API until the database is migrated.</summary>
internal sealed class ReadinessGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, Readiness readiness)
    {
        if (readiness.IsReady || !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            return next(context);
        context.Response.Headers.RetryAfter = "1";
        return Problems.Unavailable("The server is starting and waits for its database.").ExecuteAsync(context);
    }
}
