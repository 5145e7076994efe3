namespace Podcasto.Costs.Client.Keys;

/// <summary>An API key without the key itself.</summary>
public sealed record KeyView
{
    /// <summary>What it is revoked by.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary><c>ingest</c>, <c>read</c>, <c>admin</c> (which includes both).</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends, UTC; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked, UTC; null while it is good.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
