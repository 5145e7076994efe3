using Podcasto.Costs.Client.Http;

namespace Podcasto.Costs.Client.Jobs;

/// <summary>Runs of jobs.</summary>
public sealed class JobsApi
{
    private const string Path = "api/v1/jobs";

    private readonly ApiConnection _api;

    internal JobsApi(ApiConnection api) => _api = api;

    /// <summary>Runs, newest first; further pages are fetched as they are read.</summary>
    /// <param name="kind">Such as <c>rebuild</c>; any by default.</param>
    /// <param name="period">yyyy-MM-dd or yyyy-MM; any by default.</param>
    /// <param name="state"><c>queued</c>, <c>running</c>, <c>succeeded</c> or <c>failed</c>; any by default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public IAsyncEnumerable<JobView> ListAsync(
        string? kind = null,
        string? period = null,
        string? state = null,
        CancellationToken cancellationToken = default
    ) =>
        _api.ListAsync(
            cursor => new Query(Path).Add("kind", kind).Add("period", period).Add("state", state).Add("cursor", cursor),
            WireContext.Default.PageJobView,
            cancellationToken
        );

    /// <summary>A page of them.</summary>
    /// <param name="kind">Such as <c>rebuild</c>; any by default.</param>
    /// <param name="period">yyyy-MM-dd or yyyy-MM; any by default.</param>
    /// <param name="state"><c>queued</c>, <c>running</c>, <c>succeeded</c> or <c>failed</c>; any by default.</param>
    /// <param name="limit">Most items, from 1 to 1,000; 100 by default.</param>
    /// <param name="cursor">Where the page starts: the one before says so.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<Page<JobView>> PageAsync(
        string? kind = null,
        string? period = null,
        string? state = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    ) =>
        _api.GetAsync(
            new Query(Path).Add("kind", kind).Add("period", period).Add("state", state).Add("limit", limit).Add("cursor", cursor).ToString(),
            WireContext.Default.PageJobView,
            cancellationToken
        );

    /// <summary>One run; null where there is none of the id.</summary>
    /// <param name="id">Of the run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<JobView?> FindAsync(Guid id, CancellationToken cancellationToken = default) =>
        _api.FindAsync($"{Path}/{id}", WireContext.Default.JobView, cancellationToken);

    /// <summary>Asks for a run; it goes on after the answer. Needs the scope <c>admin</c>.</summary>
    /// <param name="kind">Such as <c>rebuild</c>.</param>
    /// <param name="job">What of; each kind takes its own fields.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CostsApiException">The server refuses.</exception>
    public Task<JobView> StartAsync(string kind, NewJob? job = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync(
            HttpMethod.Post,
            $"{Path}/{Uri.EscapeDataString(kind)}",
            job ?? new NewJob(),
            WireContext.Default.NewJob,
            WireContext.Default.JobView,
            cancellationToken
        );
}
