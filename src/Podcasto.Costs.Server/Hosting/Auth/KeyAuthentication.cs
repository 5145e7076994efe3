using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Keys;

namespace Podcasto.Costs.Server.Hosting.Auth;

/// <summary><c>Authorization: Bearer KEY</c>: the configured admin key, or one of the key table.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    AdminKey admin,
    KeyRing keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Key";
    public const string ScopeClaim = "scope";

    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var hash = KeyHash.Of(header[Prefix.Length..].Trim());
        if (admin.Is(hash))
            return Success([new Claim(ClaimTypes.Name, AdminKey.Name)], [Policies.Admin]);
        return await keys.FindAsync(KeyHash.ToText(hash), Context.RequestAborted) is { } key
            ? Success([new Claim(ClaimTypes.Name, key.Name), new Claim(ClaimTypes.NameIdentifier, key.Id.ToString("D"))], key.Scopes)
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

    private static AuthenticateResult Success(IEnumerable<Claim> who, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity([.. who, .. scopes.Select(scope => new Claim(ScopeClaim, scope))], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
