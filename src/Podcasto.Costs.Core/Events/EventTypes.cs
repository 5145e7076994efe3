namespace Podcasto.Costs.Core.Events;

/// <summary>The names of the event types, as they are sent and stored.</summary>
public static class EventTypes
{
    /// <summary>Every name, in the order of <see cref="EventType"/>.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "ai_api_call",
        "lambda_execution",
        "s3_operation",
        "storage_usage",
        "ses_email",
        "sqs_message",
        "other",
    ];

    /// <summary>The name of a type.</summary>
    public static string Name(this EventType type) => Names[(int)type];

    /// <summary>The type of a name; false for any other text.</summary>
    public static bool TryParse(string name, out EventType type)
    {
        for (var index = 0; index < Names.Count; index++)
        {
            if (!string.Equals(Names[index], name, StringComparison.Ordinal))
                continue;
            type = (EventType)index;
            return true;
        }

        type = default;
        return false;
    }
}
