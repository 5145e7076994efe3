namespace Podcasto.Costs.Client.Keys;

/// <summary>A key that was just made: the only time that it is shown.</summary>
public sealed record NewKeyView
{
    /// <summary>What it is revoked by.</summary>
    public required Guid Id { get; init; }

    /// <summary>What goes behind <c>Authorization: Bearer</c>.</summary>
    public required string Key { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary><c>ingest</c>, <c>read</c>, <c>admin</c> (which includes both).</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends, UTC; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
