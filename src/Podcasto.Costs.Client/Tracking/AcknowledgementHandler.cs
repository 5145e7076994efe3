using System.Net;
using System.Text.Json;
using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Tracking;

/// <summary>
/// Tells answers that settle a batch from all others, within each attempt: an acknowledgement that names as many events as were sent, a refusal
/// in the server's own words, or 413. Everything else is repeated, be it a proxy's page with status 200 or an answer that breaks off.
/// </summary>
internal sealed class AcknowledgementHandler : DelegatingHandler
{
    /// <summary>How many events the request holds.</summary>
    public static readonly HttpRequestOptionsKey<int> Events = new("podcasto.costs.events");

    /// <summary>What a refusal says.</summary>
    public static readonly HttpRequestOptionsKey<IngestAnswer> Answer = new("podcasto.costs.answer");

    // An answer without entries is far smaller; a refusal names at most 100 errors.
    private const int MaxAnswer = 1 << 20;

    /// <summary>Whether the response settles the batch.</summary>
    public static bool Settles(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.OK || response.RequestMessage?.Options.TryGetValue(Answer, out _) == true;

    /// <exception cref="HttpRequestException">The answer is none.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge)
                await CheckAsync(request, response, cancellationToken);
            // Redirects may have put another request in its place.
            response.RequestMessage = request;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(MaxAnswer, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestEntityTooLarge)
            request.Options.Set(Answer, new IngestAnswer(false, IngestAnswer.Accepted.Errors));
        else if (response.StatusCode == HttpStatusCode.OK)
            CheckReceipt(request, body);
        else if (ProblemReader.Read(body) is { Errors: { Count: > 0 } errors })
            request.Options.Set(Answer, new IngestAnswer(false, errors));
        else
            throw new HttpRequestException(HttpRequestError.InvalidResponse, "The refusal does not say what is wrong: it is not the server's.");
    }

    private static void CheckReceipt(HttpRequestMessage request, byte[] body)
    {
        request.Options.TryGetValue(Events, out var sent);
        try
        {
            if (JsonSerializer.Deserialize(body, WireContext.Default.IngestReceipt) is { } receipt && receipt.Accepted + receipt.Duplicates == sent)
                return;
        }
        catch (JsonException)
        {
            // Not an acknowledgement either.
        }

        throw new HttpRequestException(
            HttpRequestError.InvalidResponse,
            "The answer does not acknowledge the events: is the address that of Podcasto Costs?"
        );
    }
}
