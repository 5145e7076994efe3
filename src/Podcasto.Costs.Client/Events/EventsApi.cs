using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Events;

/// <summary>Events: what was used, one by one.</summary>
public sealed class EventsApi
{
    private readonly ApiConnection _api;

    internal EventsApi(ApiConnection api) => _api = api;

    /// <summary>Events, newest first, ties by id; further pages are fetched as they are read.</summary>
    /// <param name="query">Which; all of them by default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public IAsyncEnumerable<EventView> ListAsync(EventQuery? query = null, CancellationToken cancellationToken = default) =>
        _api.ListAsync(cursor => Address(query, 1_000, cursor), WireContext.Default.PageEventView, cancellationToken);

    /// <summary>A page of them.</summary>
    /// <param name="query">Which.</param>
    /// <param name="limit">Most items, from 1 to 1,000; 100 by default.</param>
    /// <param name="cursor">Where the page starts: the one before says so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Page<EventView>> PageAsync(
        EventQuery? query = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) => _api.GetAsync(Address(query, limit, cursor).ToString(), WireContext.Default.PageEventView, cancellationToken);

    /// <summary>One event; null where there is none of the id.</summary>
    /// <param name="id">Of the event.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<EventView?> FindAsync(Guid id, CancellationToken cancellationToken = default) =>
        _api.FindAsync($"api/v1/events/{id}", WireContext.Default.EventView, cancellationToken);

    /// <summary>Sends a body of events as it is and waits until they are durable: for back-fills. What a program does is better tracked.</summary>
    /// <param name="body">An event, an array of up to 10,000, or lines of NDJSON, with its content type.</param>
    /// <param name="cancellationToken">Ends it; what was stored stays, and ids make it harmless to send again.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<IngestReceipt> SendAsync(HttpContent body, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "api/v1/events", body, WireContext.Default.IngestReceipt, cancellationToken);

    private static Query Address(EventQuery? query, int? limit, string? cursor) =>
        new Query("api/v1/events")
            .Add("episode_id", query?.EpisodeId)
            .Add("podcast_id", query?.PodcastId)
            .Add("service", query?.Service)
            .Add("event_type", query?.EventType)
            .Add("model", query?.Model)
            .Add("region", query?.Region)
            .Add("priced_by", query?.PricedBy)
            .Add("from", query?.From)
            .Add("to", query?.To)
            .Add("limit", limit)
            .Add("cursor", cursor);
}
