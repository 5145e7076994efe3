namespace Podcasto.Costs.Client.Events;

/// <summary>The kinds of operations.</summary>
public static class EventTypeNames
{
    /// <summary>A call of a model.</summary>
    public const string AiApiCall = "ai_api_call";

    /// <summary>A run of a Lambda function.</summary>
    public const string LambdaExecution = "lambda_execution";

    /// <summary>A request to S3.</summary>
    public const string S3Operation = "s3_operation";

    /// <summary>Stored data.</summary>
    public const string StorageUsage = "storage_usage";

    /// <summary>E-mail.</summary>
    public const string SesEmail = "ses_email";

    /// <summary>A request to SQS.</summary>
    public const string SqsMessage = "sqs_message";

    /// <summary>Anything else.</summary>
    public const string Other = "other";
}
