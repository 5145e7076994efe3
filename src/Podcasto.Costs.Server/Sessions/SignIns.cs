using System.Security.Claims;
using Podcasto.Costs.Server.Audit;

namespace Podcasto.Costs.Server.Sessions;

/// <summary>What the audit log says of sessions.</summary>
internal static class SignIns
{
    public const string ByKey = "key";
    public const string ByLink = "link";
    public const string ByProvider = "openid";

    public static AuditEntry Entry(ClaimsPrincipal reader, string by) =>
        new(Actor.Of(reader), AuditActions.StartSession, $"the dashboard, by {Words(by)}", new { by });

    private static string Words(string by) =>
        by switch
        {
            ByLink => "a one-time link",
            ByProvider => "OpenID Connect",
            _ => "a key",
        };
}
