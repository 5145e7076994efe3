using System.Security.Claims;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Sessions.OpenId;

/// <summary>What the people of the provider may do here.</summary>
internal sealed class OpenIdPeople(IOptions<OpenIdOptions> options)
{
    /// <summary>The session's claim with the value that let its person in; asked again at every request, as the settings are then.</summary>
    public const string GrantClaim = "grant";

    private static readonly string[] NameClaims = ["name", "preferred_username", "email", "sub"];

    /// <summary>The reader behind what the provider says of a person; null where none of it is mapped.</summary>
    public ClaimsPrincipal? ReaderOf(ClaimsPrincipal person)
    {
        var values = person.FindAll(options.Value.Claim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var grant = options.Value.Admins.FirstOrDefault(values.Contains) ?? options.Value.Viewers.FirstOrDefault(values.Contains);
        return grant is null ? null : Reader(NameOf(person), person.FindFirst("sub")?.Value, grant);
    }

    /// <summary>A session as it is now; null where its person may not come in any more.</summary>
    public ClaimsPrincipal? Renew(ClaimsPrincipal session) =>
        options.Value.IsConfigured && session.FindFirst(GrantClaim)?.Value is { } grant
            ? Reader(session.Identity?.Name ?? "", session.FindFirst(ClaimTypes.NameIdentifier)?.Value, grant)
            : null;

    private ClaimsPrincipal? Reader(string name, string? id, string grant)
    {
        var scope =
            options.Value.Admins.Contains(grant) ? Policies.Admin
            : options.Value.Viewers.Contains(grant) ? Policies.Read
            : null;
        if (scope is null)
            return null;
        List<Claim> claims = [new(ClaimTypes.Name, name), new(GrantClaim, grant), new(SessionClaims.Scope, scope)];
        if (id is not null)
            claims.Add(new Claim(ClaimTypes.NameIdentifier, id));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SessionCookie.SchemeName));
    }

    private static string NameOf(ClaimsPrincipal person) =>
        NameClaims.Select(type => person.FindFirst(type)?.Value).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? "unknown";
}
