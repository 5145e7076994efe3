using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Keys;

/// <summary>API keys; all of it needs the scope <c>admin</c>.</summary>
public sealed class KeysApi
{
    private const string Path = "api/v1/keys";

    private readonly ApiConnection _api;

    internal KeysApi(ApiConnection api) => _api = api;

    /// <summary>All keys, without their secrets; further pages are fetched as they are read.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public IAsyncEnumerable<KeyView> ListAsync(CancellationToken cancellationToken = default) =>
        _api.ListAsync(cursor => new Query(Path).Add("limit", 1_000).Add("cursor", cursor), WireContext.Default.PageKeyView, cancellationToken);

    /// <summary>A page of them.</summary>
    /// <param name="limit">Most items, from 1 to 1,000; 100 by default.</param>
    /// <param name="cursor">Where the page starts: the one before says so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Page<KeyView>> PageAsync(int? limit = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        _api.GetAsync(new Query(Path).Add("limit", limit).Add("cursor", cursor).ToString(), WireContext.Default.PageKeyView, cancellationToken);

    /// <summary>Makes a key; the answer is the only time that it is shown.</summary>
    /// <param name="key">What for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<NewKeyView> CreateAsync(NewKey key, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, Path, key, WireContext.Default.NewKey, WireContext.Default.NewKeyView, cancellationToken);

    /// <summary>Revokes a key for good.</summary>
    /// <param name="id">Of the key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CostsApiException">The server refuses; 404 where there is none.</exception>
    public Task RevokeAsync(Guid id, CancellationToken cancellationToken = default) => _api.DeleteAsync($"{Path}/{id}", cancellationToken);
}
