using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Episodes;

/// <summary>Episodes and what they have cost.</summary>
public sealed class EpisodesApi
{
    private readonly ApiConnection _api;

    internal EpisodesApi(ApiConnection api) => _api = api;

    /// <summary>Episodes with events, dearest first unless asked otherwise; further pages are fetched as they are read.</summary>
    /// <param name="query">Which; all of them by default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public IAsyncEnumerable<EpisodeCostView> ListAsync(EpisodeQuery? query = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync(cursor => Address(query, 1_000, cursor), WireContext.Default.PageEpisodeCostView, cancellationToken);

    /// <summary>A page of them.</summary>
    /// <param name="query">Which.</param>
    /// <param name="limit">Most items, from 1 to 1,000; 100 by default.</param>
    /// <param name="cursor">Where the page starts: the one before says so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Page<EpisodeCostView>> PageAsync(
        EpisodeQuery? query = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) => _api.GetAsync(Address(query, limit, cursor).ToString(), WireContext.Default.PageEpisodeCostView, cancellationToken);

    /// <summary>What one episode has cost; null while it has no event.</summary>
    /// <param name="id">Of the episode.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<EpisodeCostView?> FindCostsAsync(Guid id, CancellationToken cancellationToken = default) =>
        _api.FindAsync($"api/v1/episodes/{id}/costs", WireContext.Default.EpisodeCostView, cancellationToken);

    private static Query Address(EpisodeQuery? query, int? limit, string? cursor) =>
        new Query("api/v1/episodes")
            .Add("podcast_id", query?.PodcastId)
            .Add("from", query?.From)
            .Add("to", query?.To)
            .Add("search", query?.Search)
            .Add("sort", query?.Sort)
            .Add("limit", limit)
            .Add("cursor", cursor);
}
