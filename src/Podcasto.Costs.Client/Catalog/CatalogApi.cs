using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Catalog;

/// <summary>Titles of podcasts and episodes, and which podcast an episode belongs to.</summary>
public sealed class CatalogApi
{
    private readonly ApiConnection _api;

    internal CatalogApi(ApiConnection api) => _api = api;

    /// <summary>Adds or updates entries, together at most 10,000; the answer comes when the rollups hold what that changed. Needs the scope <c>ingest</c>.</summary>
    /// <param name="podcasts">Podcasts; none by default.</param>
    /// <param name="episodes">Episodes; none by default.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<CatalogReceipt> PutAsync(
        IEnumerable<PodcastEntry>? podcasts = null,
        IEnumerable<EpisodeEntry>? episodes = null,
        CancellationToken cancellationToken = default
    ) =>
        _api.SendAsync(
            HttpMethod.Put,
            "api/v1/catalog",
            new CatalogBody([.. podcasts ?? []], [.. episodes ?? []]),
            WireContext.Default.CatalogBody,
            WireContext.Default.CatalogReceipt,
            cancellationToken
        );

    /// <summary>Sends a body as it is: for files. What a program knows is better sent as entries.</summary>
    /// <param name="body">JSON with the arrays <c>podcasts</c> and <c>episodes</c>, together at most 10,000, with its content type.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<CatalogReceipt> SendAsync(HttpContent body, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Put, "api/v1/catalog", body, WireContext.Default.CatalogReceipt, cancellationToken);
}
