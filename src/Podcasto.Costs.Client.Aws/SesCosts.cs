using System.Text.Json;
using Podcasto.Costs.Client.Events;

namespace Podcasto.Costs.Client.Aws;

/// <summary>E-mails by SES: each recipient is one, as it bills them. Both of its interfaces are read off the wire, so no package of theirs is needed.</summary>
/// <remarks>https://aws.amazon.com/ses/pricing/</remarks>
internal static class SesCosts
{
    private static readonly string[] Lists = ["ToAddresses", "CcAddresses", "BccAddresses"];

    /// <summary>Null for what sends nothing, such as a look at the quota.</summary>
    public static NewEvent? EventOf(AwsCall call)
    {
        if (
            !call.Operation.StartsWith("Send", StringComparison.Ordinal)
            || call.Operation.Contains("Quota", StringComparison.Ordinal)
            || call.Operation.Contains("Statistics", StringComparison.Ordinal)
        )
            return null;
        // A mail that was refused went to nobody; one whose recipients lie in its raw text went to somebody.
        var recipients = call.HasFailed ? 0 : Math.Max(1, OfQuery(call.Sent.Parameters) + OfJson(call.Sent.Content));
        return call.Event(EventTypeNames.SesEmail, "ses", recipients, "emails");
    }

    // Destination.ToAddresses.member.1, Destinations.member.2.Destination.CcAddresses.member.1; of raw mails Destinations.member.1.
    private static int OfQuery(IDictionary<string, string>? parameters) => parameters?.Keys.Count(IsRecipient) ?? 0;

    private static bool IsRecipient(string parameter)
    {
        var parts = parameter.Split('.');
        return parts is [.., var list, "member", var number]
            && number.All(char.IsAsciiDigit)
            && (Lists.Contains(list) || (list == "Destinations" && parts.Length == 3));
    }

    private static int OfJson(byte[]? content)
    {
        if (content is not [(byte)'{', ..])
            return 0;
        using var body = JsonDocument.Parse(content);
        return OfElement(body.RootElement);
    }

    private static int OfElement(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Sum(OfProperty),
            JsonValueKind.Array => element.EnumerateArray().Sum(OfElement),
            _ => 0,
        };

    private static int OfProperty(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.Array && Lists.Contains(property.Name)
            ? property.Value.GetArrayLength()
            : OfElement(property.Value);
}
