using Microsoft.AspNetCore.Http.HttpResults;

namespace Podcasto.Costs.Server.Hosting.Bodies;

/// <summary>A body that cannot be read, with the answer that says why.</summary>
internal sealed class BodyException(ProblemHttpResult problem) : Exception(problem.ProblemDetails.Detail)
{
    public ProblemHttpResult Problem { get; } = problem;
}
