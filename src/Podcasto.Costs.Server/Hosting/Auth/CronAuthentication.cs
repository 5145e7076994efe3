using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Hosting.Auth;

/// <summary><c>Authorization: Bearer SECRET</c> of the cron routes, as Vercel and others send it. Keys do not open them.</summary>
internal sealed class CronAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    CronSecret secret
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Cron";

    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());
        if (!secret.Is(header[Prefix.Length..].Trim()))
            return Task.FromResult(AuthenticateResult.Fail("That is not the cron secret."));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "cron")], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems
            .Of(
                StatusCodes.Status401Unauthorized,
                "unauthenticated",
                "The cron secret is needed.",
                "Send `Authorization: Bearer SECRET` with the secret that the server has as Cron:Secret or CRON_SECRET; without one these routes are closed."
            )
            .ExecuteAsync(Context);
    }
}
