namespace Podcasto.Costs.Server.Audit;

/// <summary>What changes are called in front of people.</summary>
internal static class AuditWords
{
    public static string Of(string action) =>
        action switch
        {
            AuditActions.AddPrice => "Price added",
            AuditActions.CreateKey => "Key made",
            AuditActions.RevokeKey => "Key revoked",
            AuditActions.StartJob => "Job started",
            AuditActions.StartSession => "Signed in",
            _ => action,
        };
}
