using System.Globalization;
using Podcasto.Costs.Client.Http;
using Podcasto.Costs.Client.Jobs;

namespace Podcasto.Costs.Client.Daily;

/// <summary>What days cost.</summary>
public sealed class DailyApi
{
    private readonly ApiConnection _api;

    internal DailyApi(ApiConnection api) => _api = api;

    /// <summary>Days with events, newest first; further pages are fetched as they are read.</summary>
    /// <param name="from">First UTC day, inclusive; no bound by default.</param>
    /// <param name="to">Last UTC day, inclusive; no bound by default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public IAsyncEnumerable<DailyCostView> ListAsync(DateOnly? from = null, DateOnly? to = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync(cursor => Address(from, to, 1_000, cursor), WireContext.Default.PageDailyCostView, cancellationToken);

    /// <summary>A page of them.</summary>
    /// <param name="from">First UTC day, inclusive; no bound by default.</param>
    /// <param name="to">Last UTC day, inclusive; no bound by default.</param>
    /// <param name="limit">Most items, from 1 to 1,000; 100 by default.</param>
    /// <param name="cursor">Where the page starts: the one before says so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Page<DailyCostView>> PageAsync(
        DateOnly? from = null,
        DateOnly? to = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) => _api.GetAsync(Address(from, to, limit, cursor).ToString(), WireContext.Default.PageDailyCostView, cancellationToken);

    /// <summary>What one UTC day cost; null where it has no event.</summary>
    /// <param name="date">The day.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<DailyCostView?> FindAsync(DateOnly date, CancellationToken cancellationToken = default) =>
        _api.FindAsync(
            string.Create(CultureInfo.InvariantCulture, $"api/v1/daily/{date:yyyy-MM-dd}"),
            WireContext.Default.DailyCostView,
            cancellationToken
        );

    /// <summary>Finalises a day, as the cron route does; the connection's key must then be the cron secret.</summary>
    /// <param name="date">The UTC day; yesterday by default.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<DailyAggregationView> AggregateAsync(DateOnly? date = null, CancellationToken cancellationToken = default) =>
        _api.GetAsync(
            new Query("api/cron/aggregate-daily-costs").Add("date", date).ToString(),
            WireContext.Default.DailyAggregationView,
            cancellationToken
        );

    private static Query Address(DateOnly? from, DateOnly? to, int? limit, string? cursor) =>
        new Query("api/v1/daily").Add("from", from).Add("to", to).Add("limit", limit).Add("cursor", cursor);
}
