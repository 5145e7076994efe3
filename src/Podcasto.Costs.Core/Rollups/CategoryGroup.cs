namespace Podcasto.Costs.Core.Rollups;

/// <summary>Where a category's cost is rolled up per day and month.</summary>
public enum CategoryGroup
{
    /// <summary>Text, image and speech models.</summary>
    Ai,

    /// <summary>Lambda runs.</summary>
    Lambda,

    /// <summary>S3 operations and storage.</summary>
    Storage,

    /// <summary>E-mail.</summary>
    Email,

    /// <summary>Queues and everything else.</summary>
    Other,
}
