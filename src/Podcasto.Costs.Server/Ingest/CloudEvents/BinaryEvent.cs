using CloudNative.CloudEvents.Http;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest.Reading;

namespace Podcasto.Costs.Server.Ingest.CloudEvents;

/// <summary>Reads a CloudEvent in the binary mode: attributes in <c>ce-</c> headers, the data as the body.</summary>
internal static class BinaryEvent
{
    /// <summary>
    /// Whether a request has one of the headers that every such event has. One is enough: an event whose identity were not seen would be counted again
    /// with every retry.
    /// </summary>
    public static bool IsIn(IHeaderDictionary headers) =>
        headers.ContainsKey("ce-specversion") || headers.ContainsKey("ce-id") || headers.ContainsKey("ce-source") || headers.ContainsKey("ce-type");

    /// <summary>The event, or null where <paramref name="errors"/> says what is wrong.</summary>
    public static List<CostEvent>? Read(IHeaderDictionary headers, ReadOnlySpan<byte> body, EventReader events, FieldErrors errors)
    {
        var envelope = new Envelope(HttpUtilities.HttpHeaderPrefix, errors);
        foreach (var (header, values) in headers)
        {
            // The content type is the data's, and known to be JSON.
            if (HttpUtilities.GetAttributeNameFromHeaderName(header) is not { } name || name == "datacontenttype" || !Envelope.Defines(name))
                continue;
            foreach (var value in values)
                Take(envelope, name, value ?? "");
        }

        if (errors.Any)
            return null;
        return new EnvelopedEvent(events, errors).Read(envelope, body, "") is { } costEvent ? [costEvent] : null;
    }

    private static void Take(Envelope envelope, string name, string value)
    {
        try
        {
            envelope.Set(name, HttpUtilities.DecodeHeaderValue(value));
        }
        catch (ArgumentException)
        {
            envelope.Refuse(name, "is not percent-encoded or quoted as the binary mode wants it");
        }
    }
}
