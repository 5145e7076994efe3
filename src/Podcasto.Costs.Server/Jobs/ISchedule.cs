namespace Podcasto.Costs.Server.Jobs;

/// <summary>Says what is due: asked at the start of a server, and at every tick of the schedule.</summary>
internal interface ISchedule
{
    /// <summary>Jobs that are due, in the order in which to run them.</summary>
    Task<IReadOnlyList<(string Kind, JobOrder Order)>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
