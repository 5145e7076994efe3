using Microsoft.AspNetCore.Authentication.Cookies;
using Podcasto.Costs.Server.Dashboard.Filters;

namespace Podcasto.Costs.Server.Sessions;

/// <summary>The dashboard's cookie: encrypted, out of reach of scripts, good for eight hours after its last use, and no longer than its key.</summary>
internal static class SessionCookie
{
    public const string SchemeName = "Session";
    public const string SignInPath = "/sign-in";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "podcasto_costs_session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        // Behind TLS: a plain-text try on one's own machine must work too.
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.AccessDeniedPath = "/forbidden";
        options.ReturnUrlParameter = "return";
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = context =>
        {
            var here = context.Request.Path + context.Request.QueryString;
            context.Response.Redirect(PageAddress.Of(SignInPath, ("return", here == "/" ? null : here)));
            return Task.CompletedTask;
        };
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var credentials = context.HttpContext.RequestServices.GetRequiredService<SessionKeys>();
        if (await credentials.RenewAsync(context.Principal!, context.HttpContext.RequestAborted) is { } renewed)
            context.ReplacePrincipal(renewed);
        else
            context.RejectPrincipal();
    }
}
