namespace Podcasto.Costs.Client.Events;

/// <summary>A line of NDJSON that was not stored.</summary>
public sealed record RejectedLine
{
    /// <summary>Its number, from 1; blank lines count.</summary>
    public required long Line { get; init; }

    /// <summary>What is wrong with it.</summary>
    public required string Message { get; init; }
}
