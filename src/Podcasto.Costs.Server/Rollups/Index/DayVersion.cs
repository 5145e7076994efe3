namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>Which state of a day was read: each of its events counts in its summary and dates it, in one transaction with all other rows.</summary>
internal sealed record DayVersion
{
    public DateOnly Day { get; init; }

    public long EventCount { get; init; }

    /// <summary>Distinct episodes: about as many rows.</summary>
    public long EpisodeCount { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Which state of a span of days was read.</summary>
/// <param name="Days">The days that have events, in order.</param>
/// <param name="Revision">Of the catalog's episodes.</param>
/// <param name="Repairs">How often rollups were repaired.</param>
internal sealed record SpanVersion(IReadOnlyList<DayVersion> Days, long Revision, long Repairs)
{
    public static readonly SpanVersion None = new([], 0, 0);

    /// <summary>About how many rows it has, one for each episode of each day.</summary>
    public long Rows => Days.Sum(day => day.EpisodeCount);

    /// <summary>Whether it is the same state of the same days.</summary>
    public bool IsSameAs(SpanVersion other) => Revision == other.Revision && Repairs == other.Repairs && Days.SequenceEqual(other.Days);
}
