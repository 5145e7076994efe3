using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Podcasts;

/// <summary>Podcasts and what they cost in a span of days.</summary>
public sealed class PodcastsApi
{
    private readonly ApiConnection _api;

    internal PodcastsApi(ApiConnection api) => _api = api;

    /// <summary>Podcasts with events in the span, dearest first; further pages are fetched as they are read.</summary>
    /// <param name="from">First UTC day, inclusive; no bound by default.</param>
    /// <param name="to">Last UTC day, inclusive; no bound by default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public IAsyncEnumerable<PodcastCostView> ListAsync(DateOnly? from = null, DateOnly? to = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync(cursor => Address(from, to, 1_000, cursor), WireContext.Default.PagePodcastCostView, cancellationToken);

    /// <summary>A page of them.</summary>
    /// <param name="from">First UTC day, inclusive; no bound by default.</param>
    /// <param name="to">Last UTC day, inclusive; no bound by default.</param>
    /// <param name="limit">Most items, from 1 to 1,000; 100 by default.</param>
    /// <param name="cursor">Where the page starts: the one before says so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Page<PodcastCostView>> PageAsync(
        DateOnly? from = null,
        DateOnly? to = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) => _api.GetAsync(Address(from, to, limit, cursor).ToString(), WireContext.Default.PagePodcastCostView, cancellationToken);

    private static Query Address(DateOnly? from, DateOnly? to, int? limit, string? cursor) =>
        new Query("api/v1/podcasts").Add("from", from).Add("to", to).Add("limit", limit).Add("cursor", cursor);
}
