namespace Podcasto.Costs.Client.Http;

/// <summary><c>application/problem+json</c> as far as a client needs it.</summary>
internal sealed record ProblemBody
{
    public string? Title { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
}
