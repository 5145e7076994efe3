using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Explorer;

/// <summary>Costs by any dimensions.</summary>
public sealed class CostsApi
{
    private readonly ApiConnection _api;

    internal CostsApi(ApiConnection api) => _api = api;

    /// <summary>Cells, period ascending, dearest first; further pages are fetched as they are read.</summary>
    /// <param name="query">Which; a sum per day by default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public IAsyncEnumerable<CostCellView> ListAsync(CostQuery? query = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync(cursor => Address(query, 1_000, cursor), WireContext.Default.PageCostCellView, cancellationToken);

    /// <summary>A page of them.</summary>
    /// <param name="query">Which.</param>
    /// <param name="limit">Most items, from 1 to 1,000; 100 by default.</param>
    /// <param name="cursor">Where the page starts: the one before says so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Page<CostCellView>> PageAsync(
        CostQuery? query = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) => _api.GetAsync(Address(query, limit, cursor).ToString(), WireContext.Default.PageCostCellView, cancellationToken);

    private static Query Address(CostQuery? query, int? limit, string? cursor) =>
        new Query("api/v1/costs")
            .Add("from", query?.From)
            .Add("to", query?.To)
            .Add("group_by", query is { GroupBy.Count: > 0 } ? string.Join(',', query.GroupBy) : null)
            .Add("granularity", query?.Granularity)
            .Add("service", query?.Service)
            .Add("category", query?.Category)
            .Add("event_type", query?.EventType)
            .Add("podcast_id", query?.PodcastId)
            .Add("episode_id", query?.EpisodeId)
            .Add("model", query?.Model)
            .Add("region", query?.Region)
            .Add("limit", limit)
            .Add("cursor", cursor);
}
