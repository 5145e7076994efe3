namespace Podcasto.Costs.Server.Jobs;

/// <summary>The names of jobs, as the interface and the table have them.</summary>
internal static class JobKinds
{
    public const string AggregateDaily = "aggregate-daily";
    public const string AggregateMonthly = "aggregate-monthly";
    public const string Rebuild = "rebuild";
    public const string Verify = "verify";
    public const string Archive = "archive";
    public const string Restore = "restore";

    public static readonly IReadOnlyList<string> All = [AggregateDaily, AggregateMonthly, Rebuild, Verify, Archive, Restore];
}

/// <summary>The names of the states of a job.</summary>
internal static class JobStates
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";

    public static readonly IReadOnlyList<string> All = [Queued, Running, Succeeded, Failed];
}
