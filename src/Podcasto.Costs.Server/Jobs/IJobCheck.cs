using Microsoft.AspNetCore.Http.HttpResults;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>Refuses what a job could only fail at, before it is put into the queue.</summary>
internal interface IJobCheck
{
    /// <summary>One of <see cref="JobKinds"/>.</summary>
    string Kind { get; }

    /// <summary>What is wrong with the order; null where nothing is.</summary>
    Task<ProblemHttpResult?> RefuseAsync(JobOrder order, CancellationToken cancellationToken);
}
