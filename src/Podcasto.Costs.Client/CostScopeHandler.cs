using System.Diagnostics;
using Podcasto.Costs.Client.Scopes;

namespace Podcasto.Costs.Client;

/// <summary>Carries the scope to the processes that a client calls, as W3C <c>baggage</c>. A tracker over there takes it from ASP.NET Core's activity by itself.</summary>
public sealed class CostScopeHandler : DelegatingHandler
{
    private const string Header = "baggage";

    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Carry(request);
        return base.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc />
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Carry(request);
        return base.Send(request, cancellationToken);
    }

    private static void Carry(HttpRequestMessage request)
    {
        if (CostScope.Current is not { } scope)
            return;
        var own = scope.ToBaggage();
        var members = new List<string> { own };
        if (request.Headers.TryGetValues(Header, out var given))
            // A request that is sent again carries ours already.
            members.AddRange(given.Select(value => value.Replace(own, "", StringComparison.Ordinal).Trim(',', ' ')).Where(value => value.Length > 0));
        else if (Activity.Current is { } activity)
            // With a header of ours there the runtime no longer sends the activity's own.
            members.AddRange(activity.Baggage.Where(IsForeign).Select(item => $"{item.Key}={Uri.EscapeDataString(item.Value ?? "")}"));
        request.Headers.Remove(Header);
        request.Headers.TryAddWithoutValidation(Header, string.Join(',', members));
    }

    private static bool IsForeign(KeyValuePair<string, string?> item) => item.Key is not (Baggage.EpisodeKey or Baggage.PodcastKey);
}
