using Microsoft.AspNetCore.Diagnostics;

namespace Podcasto.Costs.Server.Dashboard.Layout;

/// <summary>The address that the reader's browser shows: where a page of a status takes the place of another, not its own.</summary>
internal static class AskedAddress
{
    /// <returns>The path with its query, escaped.</returns>
    public static string Of(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is { } replaced
            ? new PathString(replaced.OriginalPath).ToUriComponent() + replaced.OriginalQueryString
            : new PathString(context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path).ToUriComponent()
                + context.Request.QueryString;
}
