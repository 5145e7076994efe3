namespace Podcasto.Costs.Client.Jobs;

/// <summary>A run of a job: an aggregation, or long work such as a rebuild.</summary>
public sealed record JobView
{
    /// <summary>Version 7: newer runs have greater ids.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>aggregate-daily</c>, <c>aggregate-monthly</c>, <c>rebuild</c>, <c>verify</c>, <c>archive</c> or <c>restore</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The day (yyyy-MM-dd) or month (yyyy-MM) that it is about; null for work on other parts, or on everything.</summary>
    public string? Period { get; init; }

    /// <summary>The first day that a rebuild or a verification is about, inclusive; null for no bound.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day that it is about, inclusive; null for no bound.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The one episode that it is about.</summary>
    public Guid? EpisodeId { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>What it is doing.</summary>
    public string? Stage { get; init; }

    /// <summary>Parts done of the stage.</summary>
    public required long Done { get; init; }

    /// <summary>Parts of the stage; 0 while unknown.</summary>
    public required long Total { get; init; }

    /// <summary>Events of the period; null until it succeeded, and for work that is not about events.</summary>
    public long? Events { get; init; }

    /// <summary>Episodes with an event in the period.</summary>
    public long? Episodes { get; init; }

    /// <summary>What the period cost, US dollars.</summary>
    public decimal? TotalCostUsd { get; init; }

    /// <summary>Rollup rows that did not equal their events. Anything but 0 is a defect of the system, and worth a report.</summary>
    public long? Differences { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it started last, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
