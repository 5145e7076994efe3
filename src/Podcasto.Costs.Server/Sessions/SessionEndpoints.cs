using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Dashboard;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Sessions;

/// <summary>What around a session is no page: signing out, one-time links, the choice of a theme.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapPost("/sign-out", SignOut).RequireAuthorization(Policies.Viewer);
        pages.MapGet("/sign-in/link", FollowLink).AllowAnonymous().RequireRateLimiting(SessionServices.SignInLimit);
        pages.MapPost("/theme", SetTheme).RequireAuthorization(Policies.Viewer);
    }

    /// <summary>An address of ours to go back to; the overview where another was slipped in.</summary>
    public static string Local(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal)
            ? address
            : "/";

    private static async Task<RedirectHttpResult> SignOut(HttpContext context, [FromForm] string? unused)
    {
        await context.SignOutAsync(SessionCookie.SchemeName);
        return TypedResults.Redirect(SessionCookie.SignInPath);
    }

    private static async Task<RedirectHttpResult> FollowLink(
        string? token,
        HttpContext context,
        SignInLinks links,
        SessionKeys keys,
        AuditStore audit
    )
    {
        if (token is null || links.Use(token) is not { } hash || await keys.OfHashAsync(hash, context.RequestAborted) is not { } reader)
            return TypedResults.Redirect(SessionCookie.SignInPath);
        await audit.AddAsync(SignIns.Entry(reader, SignIns.ByLink), context.RequestAborted);
        await context.SignInAsync(SessionCookie.SchemeName, reader);
        return TypedResults.Redirect("/");
    }

    private static RedirectHttpResult SetTheme(HttpContext context, [FromForm(Name = "return")] string? back)
    {
        // Without a script nobody knows what the system prefers: the first switch is to dark.
        var next = Theme.Of(context) == "dark" ? "light" : "dark";
        var cookie = new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
        };
        context.Response.Cookies.Append(Theme.Cookie, next, cookie);
        return TypedResults.Redirect(Local(back));
    }
}
