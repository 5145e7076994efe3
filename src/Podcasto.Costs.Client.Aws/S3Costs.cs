using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Client.Aws;

/// <summary>Requests to S3, by the classes that it bills them in.</summary>
/// <remarks>https://aws.amazon.com/s3/pricing/</remarks>
internal static class S3Costs
{
    private const decimal BytesPerMb = 1_048_576;

    public static NewEvent EventOf(AwsCall call)
    {
        var service = ServiceOf(call.Operation, call.Sent.HttpMethod);
        var costEvent = call.Event(EventTypeNames.S3Operation, service, 1, "requests");
        if (Bytes(call) is { } bytes)
        {
            // To the 9 decimals that the ledger takes; half a nano-megabyte is less than a byte.
            costEvent.Metadata!["file_size_mb"] = Math.Round(bytes / BytesPerMb, 9);
            costEvent.Metadata["size_bytes"] = bytes;
        }

        return costEvent;
    }

    // Copies and the steps of a multipart upload are billed as puts; deleting and aborting are free.
    private static string ServiceOf(string operation, string method) =>
        operation switch
        {
            _ when operation.StartsWith("List", StringComparison.Ordinal) => "s3_list",
            _ when operation.StartsWith("Delete", StringComparison.Ordinal) || method == "DELETE" => "s3_delete",
            _ when method is "GET" or "HEAD" => "s3_get",
            _ => "s3_put",
        };

    // What failed has stored and fetched nothing.
    private static long? Bytes(AwsCall call) =>
        call.HasFailed
            ? null
            : call.Operation switch
            {
                "PutObject" or "UploadPart" => call.SentBytes,
                "GetObject" => call.ReceivedBytes,
                _ => null,
            };
}
