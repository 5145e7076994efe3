using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Health;

/// <summary>Whether the server is there.</summary>
public sealed class HealthApi
{
    private readonly ApiConnection _api;

    internal HealthApi(ApiConnection api) => _api = api;

    /// <summary>Whether the process answers.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<bool> IsAliveAsync(CancellationToken cancellationToken = default) => _api.IsOkAsync("healthz", cancellationToken);

    /// <summary>Whether its database is reachable and migrated.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken = default) => _api.IsOkAsync("readyz", cancellationToken);

    /// <summary>The OpenAPI document of its interface; the caller disposes of the stream.</summary>
    /// <param name="cancellationToken">Ends the wait for the first byte.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Stream> OpenInterfaceAsync(CancellationToken cancellationToken = default) => _api.OpenAsync("openapi/v1.json", cancellationToken);
}
