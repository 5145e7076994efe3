namespace Podcasto.Costs.Client.Jobs;

/// <summary>What is asked of a job; each kind takes its own fields, and refuses the others.</summary>
public sealed record NewJob
{
    /// <summary><c>aggregate-daily</c>: the UTC day, not in the future; yesterday by default.</summary>
    public DateOnly? Date { get; init; }

    /// <summary><c>aggregate-monthly</c>: yyyy-MM, last month by default; <c>archive</c> and <c>restore</c>: required, and for <c>archive</c> over.</summary>
    public string? Month { get; init; }

    /// <summary><c>rebuild</c> and <c>verify</c>: the first day, inclusive; everything by default.</summary>
    public DateOnly? From { get; init; }

    /// <summary><c>rebuild</c> and <c>verify</c>: the last day, inclusive.</summary>
    public DateOnly? To { get; init; }

    /// <summary><c>rebuild</c> and <c>verify</c>: one episode, and the days that it has events on; without <c>from</c> and <c>to</c>.</summary>
    public Guid? EpisodeId { get; init; }
}
