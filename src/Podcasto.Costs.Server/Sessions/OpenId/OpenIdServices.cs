using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Dashboard.Filters;

namespace Podcasto.Costs.Server.Sessions.OpenId;

/// <summary>Signing in at a provider: the code flow with PKCE, whose answer comes in the query, so that no cookie must cross sites.</summary>
internal static class OpenIdServices
{
    public const string SchemeName = "OpenId";
    public const string Path = "/sign-in/oidc";
    public const string RefusedPath = "/sign-in/refused";

    /// <summary>Registers it where it is configured: its handler looks at every request.</summary>
    public static void AddOpenId(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        authentication.Services.AddOptions<OpenIdOptions>().BindConfiguration(OpenIdOptions.Section).ValidateOnStart();
        authentication.Services.AddSingleton<IValidateOptions<OpenIdOptions>, OpenIdOptionsValidator>();
        authentication.Services.AddSingleton<OpenIdPeople>();
        if (string.IsNullOrEmpty(configuration[$"{OpenIdOptions.Section}:{nameof(OpenIdOptions.Authority)}"]))
            return;
        authentication.AddOpenIdConnect(SchemeName, null, _ => { });
        authentication
            .Services.AddOptions<OpenIdConnectOptions>(SchemeName)
            .Configure<IOptions<OpenIdOptions>>((options, ours) => Configure(options, ours.Value));
    }

    /// <summary>The way to the provider and back.</summary>
    public static void MapOpenId(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet(Path, (string? @return) => TypedResults.Challenge(Back(@return), [SchemeName]))
            .AllowAnonymous()
            .ExcludeFromDescription()
            .RequireRateLimiting(SessionServices.SignInLimit);

    private static void Configure(OpenIdConnectOptions options, OpenIdOptions ours)
    {
        options.SignInScheme = SessionCookie.SchemeName;
        options.Authority = ours.Authority;
        options.ClientId = ours.ClientId;
        options.ClientSecret = ours.ClientSecret;
        options.RequireHttpsMetadata = !new Uri(ours.Authority!).IsLoopback;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CallbackPath = Path + "/callback";
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.MapJsonKey(ours.Claim, ours.Claim);
        foreach (var scope in ours.Scopes)
            options.Scope.Add(scope);
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        options.Events.OnTicketReceived = ReceiveAsync;
        options.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.Response.Redirect(PageAddress.Of(RefusedPath, ("why", "failed")));
            return Task.CompletedTask;
        };
    }

    // The session holds what we need of the person, and nothing else that the provider said.
    private static async Task ReceiveAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (services.GetRequiredService<OpenIdPeople>().ReaderOf(context.Principal!) is not { } reader)
        {
            context.HandleResponse();
            context.Response.Redirect(RefusedPath);
            return;
        }

        await services.GetRequiredService<AuditStore>().AddAsync(SignIns.Entry(reader, SignIns.ByProvider), context.HttpContext.RequestAborted);
        context.Principal = reader;
        context.Properties = Back(context.ReturnUri);
    }

    private static AuthenticationProperties Back(string? address) => new() { RedirectUri = SessionEndpoints.Local(address) };
}
