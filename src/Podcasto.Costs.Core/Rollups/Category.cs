namespace Podcasto.Costs.Core.Rollups;

/// <summary>Where a service's cost is rolled up per episode.</summary>
public enum Category
{
    /// <summary><c>ai_text</c></summary>
    AiText,

    /// <summary><c>ai_image</c></summary>
    AiImage,

    /// <summary><c>ai_tts</c></summary>
    AiTts,

    /// <summary><c>lambda_execution</c></summary>
    LambdaExecution,

    /// <summary><c>s3_operations</c></summary>
    S3Operations,

    /// <summary><c>s3_storage</c></summary>
    S3Storage,

    /// <summary><c>email</c></summary>
    Email,

    /// <summary><c>sqs</c></summary>
    Sqs,

    /// <summary><c>other</c></summary>
    Other,
}
