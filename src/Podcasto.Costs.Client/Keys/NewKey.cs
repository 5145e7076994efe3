namespace Podcasto.Costs.Client.Keys;

/// <summary>A key to make.</summary>
public sealed record NewKey
{
    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary><c>ingest</c>, <c>read</c>, <c>admin</c> (which includes both).</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
