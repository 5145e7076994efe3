namespace Podcasto.Costs.Cli.Commands;

/// <summary>Words that completions offer; the server knows better what it takes.</summary>
internal static class Known
{
    public static readonly IReadOnlyList<string> EventTypes =
    [
        "ai_api_call",
        "lambda_execution",
        "s3_operation",
        "storage_usage",
        "ses_email",
        "sqs_message",
        "other",
    ];

    public static readonly IReadOnlyList<string> Categories =
    [
        "ai_text",
        "ai_image",
        "ai_tts",
        "lambda_execution",
        "s3_operations",
        "s3_storage",
        "email",
        "sqs",
        "other",
    ];

    public static readonly IReadOnlyList<string> Dimensions = ["service", "category", "event_type", "podcast_id", "episode_id", "model", "region"];

    public static readonly IReadOnlyList<string> JobKinds = ["aggregate-daily", "aggregate-monthly", "rebuild", "verify", "archive", "restore"];
}
