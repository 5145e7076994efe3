namespace Podcasto.Costs.Server.Jobs;

/// <summary>Work that runs as a job. It may be run again from its beginning at any time, also after it was killed in the middle.</summary>
internal interface IJobWork
{
    /// <summary>One of <see cref="JobKinds"/>.</summary>
    string Kind { get; }

    /// <summary>Runs it.</summary>
    /// <param name="order">What is asked for.</param>
    /// <param name="progress">Told how far it is, as often as it likes.</param>
    /// <param name="cancellationToken">Fires when the server stops; the job is then run again by the next one.</param>
    /// <exception cref="JobException">It cannot be done, for a reason that its reader can do something about.</exception>
    Task<JobOutcome> RunAsync(JobOrder order, IProgress<JobProgress> progress, CancellationToken cancellationToken);
}

/// <summary>What is asked of a job.</summary>
/// <param name="Period">yyyy-MM-dd, yyyy-MM, or empty.</param>
/// <param name="From">First day, inclusive, where the kind takes a span.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="EpisodeId">One episode, where the kind takes one.</param>
internal sealed record JobOrder(string Period = "", DateOnly? From = null, DateOnly? To = null, Guid? EpisodeId = null);

/// <summary>How far a job is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Done">Parts done of the stage.</param>
/// <param name="Total">Parts of the stage; zero while unknown.</param>
/// <param name="Differences">Rollup rows found so far that did not equal their events.</param>
internal readonly record struct JobProgress(string Stage, long Done, long Total, long Differences = 0);

/// <summary>What a job found; null where it is not about that.</summary>
internal sealed record JobOutcome(long? Events = null, long? Episodes = null, decimal? TotalCostUsd = null, long? Differences = null);

/// <summary>A job cannot be done; the message says why, and what to do.</summary>
internal sealed class JobException(string message, Exception? inner = null) : Exception(message, inner);
