namespace Podcasto.Costs.Server.Audit;

/// <summary>A change that is to be recorded.</summary>
/// <param name="Actor">Who made it.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Subject">What it was done to, in words.</param>
/// <param name="Detail">Written as JSON, snake_case; null for nothing.</param>
internal sealed record AuditEntry(Actor Actor, string Action, string Subject, object? Detail = null);

/// <summary>The names of changes.</summary>
internal static class AuditActions
{
    public const string AddPrice = "price.add";
    public const string CreateKey = "key.create";
    public const string RevokeKey = "key.revoke";
    public const string StartJob = "job.start";
    public const string StartSession = "session.start";

    public static readonly IReadOnlyList<string> All = [AddPrice, CreateKey, RevokeKey, StartJob, StartSession];
}
