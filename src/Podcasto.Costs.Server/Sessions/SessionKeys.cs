using System.Security.Claims;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Auth;
using Podcasto.Costs.Server.Keys;
using Podcasto.Costs.Server.Sessions.OpenId;

namespace Podcasto.Costs.Server.Sessions;

/// <summary>Exchanges keys for sessions, and asks at every request whether the key is still good.</summary>
internal sealed class SessionKeys(AdminKey admin, KeyRing keys, OpenIdPeople people)
{
    /// <summary>The reader behind a key as it was typed; null where the key is unknown, revoked or expired, or may only send events.</summary>
    public Task<ClaimsPrincipal?> OfKeyAsync(string key, CancellationToken cancellationToken) =>
        OfHashAsync(KeyHash.ToText(KeyHash.Of(key.Trim())), cancellationToken);

    /// <inheritdoc cref="OfKeyAsync"/>
    public async Task<ClaimsPrincipal?> OfHashAsync(string hash, CancellationToken cancellationToken)
    {
        if (admin.Is(Convert.FromHexString(hash)))
            return SessionClaims.OfKey(AdminKey.Name, null, hash, [Policies.Admin]);
        if (await keys.FindAsync(hash, cancellationToken) is not { } key)
            return null;
        var reader = SessionClaims.OfKey(key.Name, key.Id, hash, key.Scopes);
        return reader.HasClaim(claim => claim.Type == SessionClaims.Scope) ? reader : null;
    }

    /// <summary>A session as it is now; null where its key has ended, or its person may not come in any more.</summary>
    public async Task<ClaimsPrincipal?> RenewAsync(ClaimsPrincipal session, CancellationToken cancellationToken) =>
        session.FindFirst(SessionClaims.KeyHash)?.Value is { } hash ? await OfHashAsync(hash, cancellationToken) : people.Renew(session);
}
