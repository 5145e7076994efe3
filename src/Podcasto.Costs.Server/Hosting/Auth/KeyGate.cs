using Microsoft.AspNetCore.Authorization;

namespace Podcasto.Costs.Server.Hosting.Auth;

/// <summary>
/// Takes a request whose key may do what its route asks for straight to the route. Everybody else goes the framework's way, which answers
/// 401 or 403 and knows the other credentials: it is right for all, but takes a quarter of the CPU that a single event costs.
/// </summary>
internal sealed class KeyGate(RequestDelegate next, KeyCredentials credentials)
{
    public Task InvokeAsync(HttpContext context)
    {
        string? header = context.Request.Headers.Authorization;
        if (
            !KeyCredentials.AreIn(header)
            || context.GetEndpoint() is not { RequestDelegate: { } route } endpoint
            || ScopeOf(endpoint) is not { } scope
        )
            return next(context);
        var found = credentials.FindAsync(header!, context.RequestAborted);
        return found.IsCompletedSuccessfully ? Go(context, found.Result, scope, route) : GoLaterAsync();

        async Task GoLaterAsync() => await Go(context, await found, scope, route);
    }

    private Task Go(HttpContext context, System.Security.Claims.ClaimsPrincipal? holder, string scope, RequestDelegate route)
    {
        if (holder is null || !holder.May(scope))
            return next(context);
        context.User = holder;
        return route(context);
    }

    // Only where one policy about keys is all that the route asks for.
    private static string? ScopeOf(Endpoint endpoint)
    {
        var asked = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
        return
            asked.Count == 1
            && asked[0].Policy is Policies.Ingest or Policies.Read or Policies.Admin
            && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            ? asked[0].Policy
            : null;
    }
}
