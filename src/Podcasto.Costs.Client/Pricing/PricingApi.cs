using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Pricing;

/// <summary>The price list with its history.</summary>
public sealed class PricingApi
{
    private const string Path = "api/v1/pricing";

    private readonly ApiConnection _api;

    internal PricingApi(ApiConnection api) => _api = api;

    /// <summary>Prices; further pages are fetched as they are read.</summary>
    /// <param name="query">Which; all of them by default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public IAsyncEnumerable<PriceView> ListAsync(PriceQuery? query = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync(
            cursor => Address(Path, query).Add("limit", 1_000).Add("cursor", cursor),
            WireContext.Default.PagePriceView,
            cancellationToken
        );

    /// <summary>A page of them.</summary>
    /// <param name="query">Which.</param>
    /// <param name="limit">Most items, from 1 to 1,000; 100 by default.</param>
    /// <param name="cursor">Where the page starts: the one before says so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Page<PriceView>> PageAsync(
        PriceQuery? query = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) =>
        _api.GetAsync(
            Address(Path, query).Add("limit", limit).Add("cursor", cursor).ToString(),
            WireContext.Default.PagePriceView,
            cancellationToken
        );

    /// <summary>The price that applies; null where none does.</summary>
    /// <param name="query">The service, the unit (may be absent where the service has one), region, model, and when (now by default).</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<PriceView?> FindCurrentAsync(PriceQuery query, CancellationToken cancellationToken = default) =>
        _api.FindAsync(Address(Path + "/current", query).ToString(), WireContext.Default.PriceView, cancellationToken);

    /// <summary>Adds prices, all or none. One that starts later than an open one of the same key closes it. Needs the scope <c>admin</c>.</summary>
    /// <param name="prices">At most 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CostsApiException">The server refuses; 409 where one overlaps.</exception>
    public async Task<IReadOnlyList<PriceView>> AddAsync(IEnumerable<NewPrice> prices, CancellationToken cancellationToken = default) =>
        await _api.SendAsync(
            HttpMethod.Post,
            Path,
            prices.ToArray(),
            WireContext.Default.NewPriceArray,
            WireContext.Default.PriceViewArray,
            cancellationToken
        );

    private static Query Address(string path, PriceQuery? query) =>
        new Query(path)
            .Add("service", query?.Service)
            .Add("region", query?.Region)
            .Add("model", query?.Model)
            .Add("unit", query?.Unit)
            .Add("at", query?.At);
}
