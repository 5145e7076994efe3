using System.Globalization;
using Podcasto.Costs.Client.Http;
using Podcasto.Costs.Client.Jobs;

namespace Podcasto.Costs.Client.Monthly;

/// <summary>What months cost.</summary>
public sealed class MonthlyApi
{
    private readonly ApiConnection _api;

    internal MonthlyApi(ApiConnection api) => _api = api;

    /// <summary>Months with events, newest first; further pages are fetched as they are read.</summary>
    /// <param name="from">A day of the first month, inclusive; no bound by default.</param>
    /// <param name="to">A day of the last month, inclusive; no bound by default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public IAsyncEnumerable<MonthlyCostView> ListAsync(DateOnly? from = null, DateOnly? to = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync(cursor => Address(from, to, 1_000, cursor), WireContext.Default.PageMonthlyCostView, cancellationToken);

    /// <summary>A page of them.</summary>
    /// <param name="from">A day of the first month, inclusive; no bound by default.</param>
    /// <param name="to">A day of the last month, inclusive; no bound by default.</param>
    /// <param name="limit">Most items, from 1 to 1,000; 100 by default.</param>
    /// <param name="cursor">Where the page starts: the one before says so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Page<MonthlyCostView>> PageAsync(
        DateOnly? from = null,
        DateOnly? to = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) => _api.GetAsync(Address(from, to, limit, cursor).ToString(), WireContext.Default.PageMonthlyCostView, cancellationToken);

    /// <summary>What one UTC month cost; null where it has no event.</summary>
    /// <param name="year">The year.</param>
    /// <param name="month">The month, 1 to 12.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<MonthlyCostView?> FindAsync(int year, int month, CancellationToken cancellationToken = default) =>
        _api.FindAsync($"api/v1/monthly/{Text(year, month)}", WireContext.Default.MonthlyCostView, cancellationToken);

    /// <summary>Finalises a month, as the cron route does; the connection's key must then be the cron secret.</summary>
    /// <param name="year">The year.</param>
    /// <param name="month">The month, 1 to 12.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<MonthlyAggregationView> AggregateAsync(int year, int month, CancellationToken cancellationToken = default) =>
        _api.GetAsync(
            new Query("api/cron/aggregate-monthly-costs").Add("month", Text(year, month)).ToString(),
            WireContext.Default.MonthlyAggregationView,
            cancellationToken
        );

    private static string Text(int year, int month) => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}");

    private static Query Address(DateOnly? from, DateOnly? to, int? limit, string? cursor) =>
        new Query("api/v1/monthly").Add("from", from).Add("to", to).Add("limit", limit).Add("cursor", cursor);
}
