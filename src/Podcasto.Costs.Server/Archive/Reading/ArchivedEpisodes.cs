using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Parquet;
using Podcasto.Costs.Server.Rollups.Audit;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>
/// Archived events summed by episode and service: all files are read once, and the sums kept on disk for one range of episodes after the
/// other. Read anew where events were archived or restored meanwhile. One caller at a time; the others wait.
/// </summary>
internal sealed class ArchivedEpisodes(ArchiveReader reader) : IArchivedPart, IDisposable
{
    private const string Sums = $"""
        select episode_id, service, sum(total_cost_usd) as cost_usd, count(*) as event_count, max(timestamp) as last_event_at,
          sum({EventSums.TokensOf}) as tokens, sum({EventSums.EmailsOf}) as emails, sum({EventSums.RequestsOf}) as requests,
          sum(file_size_mb) as file_size_mb, sum(duration_seconds) as duration_seconds
        from events where episode_id is not null group by episode_id, service order by episode_id
        """;

    private const string Namings = """
        select e.episode_id, e.podcast_id, e.timestamp, e.id
        from events e
        join (select episode_id, min(timestamp) as first_at from events where podcast_id is not null group by episode_id) f
          on f.episode_id = e.episode_id and f.first_at = e.timestamp
        where e.podcast_id is not null
        order by e.episode_id
        """;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile string _state = "";
    private ArchivedEvents? _events;

    /// <summary>The next episodes, in the order of ids, that have archived events.</summary>
    public async Task<IReadOnlyList<Guid>> NextAsync(LedgerTransaction transaction, Guid first, int limit, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (await OpenAsync(transaction, cancellationToken) is not { } events)
                return [];
            var sql = $"select distinct episode_id from sums where episode_id >= $first order by episode_id limit {limit}";
            return [.. events.Query(sql, new Dictionary<string, object> { ["first"] = first }, row => row.Id(0), cancellationToken)];
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Adds the archived events of a range of episodes, or only of some of them, to their sums.</summary>
    public async Task AddToAsync(
        Dictionary<Guid, EpisodeCost> episodes,
        LedgerTransaction transaction,
        EpisodeRange range,
        IReadOnlySet<Guid>? only,
        CategoryRules categories,
        CancellationToken cancellationToken
    )
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await AddAsync(episodes, transaction, range, only, categories, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<bool> IsAtHandAsync(LedgerTransaction transaction, CancellationToken cancellationToken) =>
        StateOf(await ArchiveIndex.ReadableAsync(transaction, null, null, cancellationToken)) == _state;

    /// <inheritdoc/>
    public async Task FetchAsync(LedgerTransaction snapshot, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await OpenAsync(snapshot, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _events?.Dispose();
        _turn.Dispose();
    }

    private async Task AddAsync(
        Dictionary<Guid, EpisodeCost> episodes,
        LedgerTransaction transaction,
        EpisodeRange range,
        IReadOnlySet<Guid>? only,
        CategoryRules categories,
        CancellationToken cancellationToken
    )
    {
        if (await OpenAsync(transaction, cancellationToken) is not { } events)
            return;
        const string InRange = "where episode_id >= $first and episode_id <= $last";
        var parameters = new Dictionary<string, object> { ["first"] = range.First, ["last"] = range.Last };
        foreach (var (sums, lastEventAt) in events.Query($"from sums {InRange}", parameters, ReadSums, cancellationToken))
        {
            var id = sums.EpisodeId!.Value;
            if (only?.Contains(id) == false)
                continue;
            if (!episodes.TryGetValue(id, out var episode))
                episodes.Add(id, episode = new EpisodeCost(id));
            episode.Add(sums, categories.Of(sums.Service), lastEventAt);
        }

        foreach (var (id, naming) in events.Query($"from namings {InRange}", parameters, ReadNaming, cancellationToken))
        {
            if (only?.Contains(id) != false)
                episodes[id].AddNaming(naming);
        }
    }

    private static string StateOf(IReadOnlyList<ArchiveFile> files) =>
        string.Join(' ', files.Select(file => $"{file.Id:N}:{file.ArchivedFrom}-{file.ArchivedTo}"));

    private async Task<ArchivedEvents?> OpenAsync(LedgerTransaction transaction, CancellationToken cancellationToken)
    {
        var files = await ArchiveIndex.ReadableAsync(transaction, null, null, cancellationToken);
        var state = StateOf(files);
        if (state == _state)
            return _events;
        _events?.Dispose();
        (_events, _state) = (null, "");
        if (files.Count > 0)
        {
            var events = await reader.OpenAsync(files, cancellationToken);
            try
            {
                events.Keep("sums", Sums);
                events.Keep("namings", Namings);
            }
            catch
            {
                events.Dispose();
                throw;
            }

            _events = events;
        }

        _state = state;
        return _events;
    }

    private static (Contribution Sums, DateTimeOffset LastEventAt) ReadSums(ParquetRow row) =>
        (
            new Contribution
            {
                EpisodeId = row.Id(0),
                Service = row.Text(1),
                EventType = "",
                CostUsd = row.Decimal(2),
                EventCount = row.Integer(3),
                Metrics = new UsageMetrics(
                    row.DecimalOrNull(5) ?? 0,
                    row.DecimalOrNull(6) ?? 0,
                    row.DecimalOrNull(7) ?? 0,
                    row.DecimalOrNull(8) ?? 0,
                    row.DecimalOrNull(9) ?? 0
                ),
            },
            row.Instant(4)
        );

    private static (Guid EpisodeId, NamingEvent Naming) ReadNaming(ParquetRow row) =>
        (row.Id(0), new NamingEvent(row.Instant(2), row.Id(3), row.Id(1)));
}
