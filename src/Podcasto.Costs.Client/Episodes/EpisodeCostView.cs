namespace Podcasto.Costs.Client.Episodes;

/// <summary>What an episode has cost so far.</summary>
public sealed record EpisodeCostView
{
    /// <summary>The episode.</summary>
    public Guid EpisodeId { get; init; }

    /// <summary>The catalog's podcast, else that of its earliest event that names one.</summary>
    public Guid? PodcastId { get; init; }

    /// <summary>Its title; null while the catalog knows none.</summary>
    public string? Title { get; init; }

    /// <summary>Its podcast's title; null while the catalog knows none.</summary>
    public string? PodcastTitle { get; init; }

    /// <summary>When it was published, UTC; null while the catalog does not say.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Seconds of audio; null while the catalog does not say.</summary>
    public decimal? DurationSeconds { get; init; }

    /// <summary>US dollars for text models.</summary>
    public decimal AiTextCostUsd { get; init; }

    /// <summary>US dollars for image models.</summary>
    public decimal AiImageCostUsd { get; init; }

    /// <summary>US dollars for speech models.</summary>
    public decimal AiTtsCostUsd { get; init; }

    /// <summary>US dollars for Lambda runs.</summary>
    public decimal LambdaExecutionCostUsd { get; init; }

    /// <summary>US dollars for S3 operations.</summary>
    public decimal S3OperationsCostUsd { get; init; }

    /// <summary>US dollars for S3 storage.</summary>
    public decimal S3StorageCostUsd { get; init; }

    /// <summary>US dollars for e-mail.</summary>
    public decimal EmailCostUsd { get; init; }

    /// <summary>US dollars for queues.</summary>
    public decimal SqsCostUsd { get; init; }

    /// <summary>US dollars for everything else.</summary>
    public decimal OtherCostUsd { get; init; }

    /// <summary>US dollars, all categories.</summary>
    public decimal TotalCostUsd { get; init; }

    /// <summary>Tokens of the AI categories.</summary>
    public decimal TotalTokens { get; init; }

    /// <summary>E-mails.</summary>
    public decimal TotalEmailsSent { get; init; }

    /// <summary>S3 requests.</summary>
    public decimal TotalS3Operations { get; init; }

    /// <summary>Megabytes put to S3.</summary>
    public decimal StorageMb { get; init; }

    /// <summary>Seconds of Lambda runs.</summary>
    public decimal LambdaDurationSeconds { get; init; }

    /// <summary>How many events.</summary>
    public long EventCount { get; init; }

    /// <summary>The timestamp of its latest event, UTC.</summary>
    public DateTimeOffset LastEventAt { get; init; }

    /// <summary>When its sums were last moved, UTC.</summary>
    public DateTimeOffset CostCalculatedAt { get; init; }

    /// <summary>When anything of it last changed, UTC.</summary>
    public DateTimeOffset LastUpdated { get; init; }

    /// <summary>When its first event arrived, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
