using Microsoft.Net.Http.Headers;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>What browsers are told about answers that are meant for programs: they are data, whatever is in them.</summary>
internal sealed class ProgramHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        // When the answer starts, for an error handler clears what was there before.
        context.Response.OnStarting(static state => Add((HttpContext)state), context);
        return next(context);
    }

    private static Task Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        if (context.Request.IsHttps)
            headers[HeaderNames.StrictTransportSecurity] = "max-age=31536000";
        return Task.CompletedTask;
    }
}
