using System.Runtime.CompilerServices;
using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Sums of events, grouped where they lie: what rollups are compared with and rebuilt from.</summary>
internal sealed class EventSums(ArchivedDays archivedDays)
{
    // Also for the archive: both databases take these words.
    public const string TokensOf = "coalesce(tokens, case when unit = 'tokens' or unit like '%!_tokens' escape '!' then quantity end)";
    public const string EmailsOf = "case when unit = 'emails' then quantity end";
    public const string RequestsOf = "case when unit = 'requests' then quantity end";

    /// <summary>A day's events by all dimensions.</summary>
    public async IAsyncEnumerable<Contribution> OfDayAsync(
        LedgerTransaction transaction,
        DateOnly day,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        const string Sql = """
            select
              e.episode_id, coalesce(e.podcast_id, c.podcast_id) as podcast_id, e.service, e.event_type, e.model, e.region,
              sum(e.total_cost_usd) as cost_usd, count(*) as event_count, count(*) filter (where e.priced_by = 'none') as unpriced_count
            from cost_tracking_events e
            left join episodes c on c.id = e.episode_id
            where e.timestamp >= @from and e.timestamp < @to
            group by 1, 2, 3, 4, 5, 6
            """;
        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        await foreach (
            var row in transaction.Connection.QueryUnbufferedAsync<DayGroup>(
                Sql,
                new { from, to = from.AddDays(1) },
                transaction.Transaction,
                commandTimeout: 0
            )
        )
            yield return row.ToContribution(day);
        await foreach (var contribution in archivedDays.OfDayAsync(transaction, day, cancellationToken))
            yield return contribution;
    }

    /// <summary>The events of a range of episodes by service.</summary>
    /// <param name="transaction">One state of the books.</param>
    /// <param name="archived">The archived ones.</param>
    /// <param name="range">Which episodes.</param>
    /// <param name="categories">The category of each service.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<Dictionary<Guid, EpisodeCost>> OfEpisodesAsync(
        LedgerTransaction transaction,
        ArchivedEpisodes archived,
        EpisodeRange range,
        CategoryRules categories,
        CancellationToken cancellationToken
    )
    {
        var parameters = new { first = range.First, last = range.Last };
        var episodes = new Dictionary<Guid, EpisodeCost>();
        foreach (var row in await QueryAsync<EpisodeGroup>(transaction, SumsOfEpisodes, parameters, cancellationToken))
        {
            if (!episodes.TryGetValue(row.EpisodeId, out var episode))
                episodes.Add(row.EpisodeId, episode = new EpisodeCost(row.EpisodeId));
            episode.Add(row.ToContribution(), categories.Of(row.Service), row.LastEventAt);
        }

        foreach (var row in await QueryAsync<NamingRow>(transaction, NamingsOfEpisodes, parameters, cancellationToken))
            episodes[row.EpisodeId].AddNaming(new NamingEvent(row.Timestamp, row.Id, row.PodcastId));
        await archived.AddToAsync(episodes, transaction, range, categories, cancellationToken);
        foreach (var row in await QueryAsync<CatalogRow>(transaction, CatalogOfEpisodes, parameters, cancellationToken))
        {
            if (episodes.TryGetValue(row.Id, out var episode))
                episode.CatalogPodcastId = row.PodcastId;
        }

        return episodes;
    }

    private const string SumsOfEpisodes = $"""
        select
          episode_id, service, sum(total_cost_usd) as cost_usd, count(*) as event_count, max(timestamp) as last_event_at,
          sum({TokensOf}) as tokens, sum({EmailsOf}) as emails, sum({RequestsOf}) as requests,
          sum(file_size_mb) as file_size_mb, sum(duration_seconds) as duration_seconds
        from cost_tracking_events
        where episode_id between @first and @last
        group by episode_id, service
        """;

    private const string NamingsOfEpisodes = """
        select e.episode_id, e.podcast_id, e.timestamp, e.id
        from cost_tracking_events e
        join (
          select episode_id, min(timestamp) as first_at
          from cost_tracking_events
          where episode_id between @first and @last and podcast_id is not null
          group by episode_id
        ) f on f.episode_id = e.episode_id and f.first_at = e.timestamp
        where e.episode_id between @first and @last and e.podcast_id is not null
        """;

    private const string CatalogOfEpisodes = "select id, podcast_id from episodes where id between @first and @last";

    private static Task<IEnumerable<T>> QueryAsync<T>(
        LedgerTransaction transaction,
        string sql,
        object parameters,
        CancellationToken cancellationToken
    ) =>
        transaction.Connection.QueryAsync<T>(
            new CommandDefinition(sql, parameters, transaction.Transaction, commandTimeout: 0, cancellationToken: cancellationToken)
        );

    private sealed record DayGroup
    {
        public Guid? EpisodeId { get; init; }

        public Guid? PodcastId { get; init; }

        public string Service { get; init; } = "";

        public string EventType { get; init; } = "";

        public string? Model { get; init; }

        public string? Region { get; init; }

        public decimal CostUsd { get; init; }

        public long EventCount { get; init; }

        public long UnpricedCount { get; init; }

        public Contribution ToContribution(DateOnly day) =>
            new()
            {
                EpisodeId = EpisodeId,
                PodcastId = PodcastId,
                Day = day,
                Service = Service,
                EventType = EventType,
                Model = Model,
                Region = Region,
                CostUsd = CostUsd,
                EventCount = EventCount,
                UnpricedCount = UnpricedCount,
            };
    }

    private sealed record EpisodeGroup
    {
        public Guid EpisodeId { get; init; }

        public string Service { get; init; } = "";

        public decimal CostUsd { get; init; }

        public long EventCount { get; init; }

        public DateTimeOffset LastEventAt { get; init; }

        public decimal? Tokens { get; init; }

        public decimal? Emails { get; init; }

        public decimal? Requests { get; init; }

        public decimal? FileSizeMb { get; init; }

        public decimal? DurationSeconds { get; init; }

        public Contribution ToContribution() =>
            new()
            {
                EpisodeId = EpisodeId,
                Service = Service,
                EventType = "",
                CostUsd = CostUsd,
                EventCount = EventCount,
                Metrics = new UsageMetrics(Tokens ?? 0, Emails ?? 0, Requests ?? 0, FileSizeMb ?? 0, DurationSeconds ?? 0),
            };
    }

    private sealed record NamingRow
    {
        public Guid EpisodeId { get; init; }

        public Guid PodcastId { get; init; }

        public DateTimeOffset Timestamp { get; init; }

        public Guid Id { get; init; }
    }

    private sealed record CatalogRow
    {
        public Guid Id { get; init; }

        public Guid PodcastId { get; init; }
    }
}
