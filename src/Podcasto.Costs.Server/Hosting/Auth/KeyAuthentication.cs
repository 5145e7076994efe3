using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Hosting.Auth;

/// <summary><c>Authorization: Bearer KEY</c>: the configured admin key, or one of the key table.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    KeyCredentials credentials
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? header = Request.Headers.Authorization;
        if (!KeyCredentials.AreIn(header))
            return AuthenticateResult.NoResult();
        return await credentials.FindAsync(header!, Context.RequestAborted) is { } holder
            ? AuthenticateResult.Success(new AuthenticationTicket(holder, SchemeName))
            : AuthenticateResult.Fail("The key is unknown, revoked or expired.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems
            .Of(
                StatusCodes.Status401Unauthorized,
                "unauthenticated",
                "A valid key is needed.",
                "Send `Authorization: Bearer KEY` with a key that is neither revoked nor expired."
            )
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems
            .Of(
                StatusCodes.Status403Forbidden,
                "forbidden",
                "The key lacks the scope.",
                "An admin can make a key with the scope that this route needs: POST /api/v1/keys."
            )
            .ExecuteAsync(Context);
}
