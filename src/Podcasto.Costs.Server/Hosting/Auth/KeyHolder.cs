using System.Security.Claims;

namespace Podcasto.Costs.Server.Hosting.Auth;

/// <summary>The identity that a key gives its requests.</summary>
internal static class KeyHolder
{
    public const string ScopeClaim = "scope";

    /// <param name="name">The name of the key.</param>
    /// <param name="id">Its id; null for the configured admin key, which has none.</param>
    /// <param name="scopes">What it may do.</param>
    public static ClaimsPrincipal Of(string name, Guid? id, IEnumerable<string> scopes)
    {
        var claims = new List<Claim> { new(ClaimTypes.Name, name) };
        if (id is { } known)
            claims.Add(new Claim(ClaimTypes.NameIdentifier, known.ToString("D")));
        claims.AddRange(scopes.Select(scope => new Claim(ScopeClaim, scope)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, KeyAuthentication.SchemeName));
    }

    /// <summary>Whether a holder may do what a scope stands for. Admin includes both of the others.</summary>
    public static bool May(this ClaimsPrincipal holder, string scope) =>
        holder.HasClaim(ScopeClaim, scope) || holder.HasClaim(ScopeClaim, Policies.Admin);
}
