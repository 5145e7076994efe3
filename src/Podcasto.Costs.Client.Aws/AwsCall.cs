using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Client.Aws;

/// <summary>One request of the SDK's with its outcome.</summary>
internal sealed class AwsCall(IExecutionContext context, Exception? failure)
{
    private const string Suffix = "Request";

    public AmazonWebServiceRequest Original => context.RequestContext.OriginalRequest;

    public AmazonWebServiceResponse? Response => failure is null ? context.ResponseContext.Response : null;

    public IRequest Sent => context.RequestContext.Request;

    public bool HasFailed => failure is not null;

    /// <summary>Such as <c>PutObject</c>.</summary>
    public string Operation
    {
        get
        {
            var name = context.RequestContext.RequestName;
            return name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;
        }
    }

    /// <summary>Bytes of what was sent, without the frames that signing puts around them; null where nothing says.</summary>
    public long? SentBytes =>
        Header("X-Amz-Decoded-Content-Length")
        ?? Header("Content-Length")
        ?? Sent.Content?.LongLength
        ?? (Sent.ContentStream is { CanSeek: true } stream ? stream.Length : null);

    /// <summary>Bytes of the answer; null where nothing says.</summary>
    public long? ReceivedBytes => failure is null && context.ResponseContext.HttpResponse is { ContentLength: > 0 and var bytes } ? bytes : null;

    /// <summary>An event of the request.</summary>
    /// <param name="eventType">One of <see cref="EventTypeNames"/>.</param>
    /// <param name="service">What was used.</param>
    /// <param name="quantity">How many units.</param>
    /// <param name="unit">What they are.</param>
    public NewEvent Event(string eventType, string service, decimal quantity, string unit)
    {
        var metadata = new JsonObject { ["operation"] = Operation };
        if (Region is { Length: > 0 } region)
            metadata["region"] = region;
        if (context.RequestContext.Retries > 0)
            metadata["attempt"] = context.RequestContext.Retries + 1;
        if (failure is not null)
        {
            metadata["status"] = "failed";
            metadata["error"] = failure.GetType().Name;
            if (failure is Amazon.Runtime.Internal.HttpErrorResponseException { Response: { } response })
                metadata["http_status"] = (int)response.StatusCode;
        }

        return new NewEvent
        {
            EventType = eventType,
            Service = service,
            Quantity = quantity,
            Unit = unit,
            Metadata = metadata,
        };
    }

    private string? Region =>
        Sent.DeterminedSigningRegion
        ?? context.RequestContext.ClientConfig.RegionEndpoint?.SystemName
        ?? context.RequestContext.ClientConfig.AuthenticationRegion;

    private long? Header(string name) =>
        Sent.Headers.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : null;
}
