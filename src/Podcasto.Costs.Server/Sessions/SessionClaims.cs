using System.Security.Claims;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Auth;

namespace Podcasto.Costs.Server.Sessions;

/// <summary>What a session says of its reader.</summary>
internal static class SessionClaims
{
    /// <summary><see cref="Policies.Read"/> or <see cref="Policies.Admin"/>, as keys have it.</summary>
    public const string Scope = KeyHolder.ScopeClaim;

    /// <summary>The hash of the key that the session was exchanged for; it ends with the key. None where an identity provider vouches.</summary>
    public const string KeyHash = "key_hash";

    /// <summary>The reader behind a key; the configured one has no id.</summary>
    public static ClaimsPrincipal OfKey(string name, Guid? id, string keyHash, IEnumerable<string> scopes) =>
        new(
            new ClaimsIdentity(
                [
                    new Claim(ClaimTypes.Name, name),
                    .. id is { } known ? [new Claim(ClaimTypes.NameIdentifier, known.ToString("D"))] : Array.Empty<Claim>(),
                    new Claim(KeyHash, keyHash),
                    .. scopes.Where(scope => scope is Policies.Read or Policies.Admin).Select(scope => new Claim(Scope, scope)),
                ],
                SessionCookie.SchemeName
            )
        );
}
