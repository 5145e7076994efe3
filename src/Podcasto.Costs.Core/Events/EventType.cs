namespace Podcasto.Costs.Core.Events;

/// <summary>What kind of operation an event is. Closed: the category, not the type, decides where a cost is rolled up.</summary>
public enum EventType
{
    /// <summary><c>ai_api_call</c></summary>
    AiApiCall,

    /// <summary><c>lambda_execution</c></summary>
    LambdaExecution,

    /// <summary><c>s3_operation</c></summary>
    S3Operation,

    /// <summary><c>storage_usage</c></summary>
    StorageUsage,

    /// <summary><c>ses_email</c></summary>
    SesEmail,

    /// <summary><c>sqs_message</c></summary>
    SqsMessage,

    /// <summary><c>other</c></summary>
    Other,
}
