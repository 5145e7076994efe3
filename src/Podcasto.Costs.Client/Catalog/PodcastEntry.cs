namespace Podcasto.Costs.Client.Catalog;

/// <summary>A podcast of the catalog.</summary>
public sealed record PodcastEntry
{
    /// <summary>The podcast.</summary>
    public required Guid Id { get; init; }

    /// <summary>1 to 500 characters.</summary>
    public required string Title { get; init; }
}
