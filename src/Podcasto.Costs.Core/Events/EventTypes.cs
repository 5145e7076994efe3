using System.Text;

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

    private static readonly byte[][] Utf8Names = [.. Names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>The name of a type.</summary>
    public static string Name(this EventType type) => Names[(int)type];

    /// <summary>The type of a name in UTF-8; false for any other text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out EventType type)
    {
        for (var index = 0; index < Utf8Names.Length; index++)
        {
            if (!name.SequenceEqual(Utf8Names[index]))
                continue;
            type = (EventType)index;
            return true;
        }

        type = default;
        return false;
    }
}
