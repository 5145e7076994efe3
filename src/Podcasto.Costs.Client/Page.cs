namespace Podcasto.Costs.Client;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What it lists.</typeparam>
public sealed record Page<T>
{
    /// <summary>At most as many as asked for.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Where the next page starts; null on the last one.</summary>
    public string? NextCursor { get; init; }
}
