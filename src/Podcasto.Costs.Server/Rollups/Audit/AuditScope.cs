namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>What a rebuild or a verification covers; without any of the three, everything.</summary>
/// <param name="From">First day, inclusive.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="Episode">One episode and the days that it has events on.</param>
internal sealed record AuditScope(DateOnly? From, DateOnly? To, Guid? Episode)
{
    public static readonly AuditScope Everything = new(null, null, null);
}
