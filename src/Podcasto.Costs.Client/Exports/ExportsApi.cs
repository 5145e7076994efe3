using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Exports;

/// <summary>A month as a file.</summary>
public sealed class ExportsApi
{
    private readonly ApiConnection _api;

    internal ExportsApi(ApiConnection api) => _api = api;

    /// <summary>The month's events as they arrive; the caller disposes of the stream.</summary>
    /// <param name="month">yyyy-MM.</param>
    /// <param name="format"><c>ndjson</c>, <c>csv</c> or <c>parquet</c>; the server's choice by default.</param>
    /// <param name="cancellationToken">Ends the wait for the first byte.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Stream> OpenEventsAsync(string month, string? format = null, CancellationToken cancellationToken = default) =>
        _api.OpenAsync(new Query("api/v1/exports/events").Add("month", month).Add("format", format).ToString(), cancellationToken);

    /// <summary>The month in FOCUS; the caller disposes of the stream.</summary>
    /// <param name="month">yyyy-MM.</param>
    /// <param name="format"><c>csv</c> or <c>parquet</c>; the server's choice by default.</param>
    /// <param name="cancellationToken">Ends the wait for the first byte.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Stream> OpenFocusAsync(string month, string? format = null, CancellationToken cancellationToken = default) =>
        _api.OpenAsync(new Query("api/v1/exports/focus").Add("month", month).Add("format", format).ToString(), cancellationToken);

    /// <summary>What a FOCUS export of the month holds and leaves out.</summary>
    /// <param name="month">yyyy-MM.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<FocusMetadataView> DescribeFocusAsync(string month, CancellationToken cancellationToken = default) =>
        _api.GetAsync(
            new Query("api/v1/exports/focus/metadata").Add("month", month).ToString(),
            WireContext.Default.FocusMetadataView,
            cancellationToken
        );
}
