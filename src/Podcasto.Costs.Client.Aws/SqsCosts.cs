using System.Text;
using Amazon.SQS.Model;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Client.Aws;

/// <summary>Requests to SQS, as it bills them: each started 64 KiB of messages is a request, and every request is at least one.</summary>
/// <remarks>https://aws.amazon.com/sqs/pricing/</remarks>
internal static class SqsCosts
{
    private const int Chunk = 64 * 1024;

    public static NewEvent EventOf(AwsCall call)
    {
        var bytes = Payload(call);
        return call.Event(EventTypeNames.SqsMessage, "sqs", Math.Max(1, (bytes + Chunk - 1) / Chunk), "requests");
    }

    private static long Payload(AwsCall call) =>
        call.Original switch
        {
            SendMessageRequest one => Size(one.MessageBody, one.MessageAttributes),
            SendMessageBatchRequest many => many.Entries?.Sum(entry => Size(entry.MessageBody, entry.MessageAttributes)) ?? 0,
            ReceiveMessageRequest when call.Response is ReceiveMessageResponse { Messages: { } messages } => messages.Sum(message =>
                Size(message.Body, message.MessageAttributes)
            ),
            _ => 0,
        };

    private static long Size(string? body, Dictionary<string, MessageAttributeValue>? attributes) =>
        Size(body)
        + (
            attributes?.Sum(attribute =>
                Size(attribute.Key) + Size(attribute.Value.DataType) + Size(attribute.Value.StringValue) + (attribute.Value.BinaryValue?.Length ?? 0)
            )
            ?? 0
        );

    private static long Size(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
