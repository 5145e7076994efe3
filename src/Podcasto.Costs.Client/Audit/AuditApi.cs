using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Audit;

/// <summary>The audit log: who changed what. Needs the scope <c>admin</c>.</summary>
public sealed class AuditApi
{
    private readonly ApiConnection _api;

    internal AuditApi(ApiConnection api) => _api = api;

    /// <summary>Entries, newest first; further pages are fetched as they are read.</summary>
    /// <param name="actor">Who; anybody by default.</param>
    /// <param name="action">What was done, such as <c>price.add</c>; anything by default.</param>
    /// <param name="from">First instant, inclusive; no bound by default.</param>
    /// <param name="to">Last instant, exclusive; no bound by default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public IAsyncEnumerable<AuditEntryView> ListAsync(
        string? actor = null,
        string? action = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        CancellationToken cancellationToken = default
    ) =>
        _api.ListAsync(
            cursor => new Query("api/v1/audit").Add("actor", actor).Add("action", action).Add("from", from).Add("to", to).Add("cursor", cursor),
            WireContext.Default.PageAuditEntryView,
            cancellationToken
        );
}
