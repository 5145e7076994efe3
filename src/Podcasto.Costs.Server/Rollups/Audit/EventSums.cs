using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Sums of events, grouped where they lie: what rollups are compared with and rebuilt from.</summary>
internal sealed class EventSums(Database database, ArchivedDays archivedDays, CategoryRules categories)
{
    // Also for the archive: both databases take these words.
    public const string TokensOf = "coalesce(tokens, case when unit = 'tokens' or unit like '%!_tokens' escape '!' then quantity end)";
    public const string EmailsOf = "case when unit = 'emails' then quantity end";
    public const string RequestsOf = "case when unit = 'requests' then quantity end";

    /// <summary>A day's events by all dimensions, their podcasts as the events themselves name them.</summary>
    public async IAsyncEnumerable<EventGroup> OfDayAsync(
        LedgerTransaction transaction,
        DateOnly day,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        const string Sql = $"""
            select
              episode_id, podcast_id, service, event_type, model, region,
              sum(total_cost_usd), count(*), count(*) filter (where priced_by = 'none'), min(timestamp), max(timestamp),
              sum({TokensOf}), sum({EmailsOf}), sum({RequestsOf}), sum(file_size_mb), sum(duration_seconds)
            from cost_tracking_events
            where timestamp >= @from and timestamp < @to
            group by episode_id, podcast_id, service, event_type, model, region
            """;
        var asText = transaction.Connection is SqliteConnection;
        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var command = Command(transaction, Sql, new { from, to = from.AddDays(1) }, cancellationToken);
        await using (var reader = await transaction.Connection.ExecuteReaderAsync(command))
        {
            while (await reader.ReadAsync(cancellationToken))
                yield return EventGroup.Read(reader, asText, day);
        }

        foreach (var group in await archivedDays.GroupsOfDayAsync(transaction, day, cancellationToken))
            yield return group;
    }

    /// <summary>The events of a day at some instants that name a podcast of their own.</summary>
    public async Task<IEnumerable<(Guid EpisodeId, NamingEvent Naming)>> NamingsAtAsync(
        LedgerTransaction transaction,
        DateOnly day,
        IReadOnlySet<DateTimeOffset> instants,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select episode_id, podcast_id, timestamp, id from cost_tracking_events
            where {database.IsAnyOf("timestamp", "@instants")} and episode_id is not null and podcast_id is not null
            """;
        var rows = await QueryAsync<NamingRow>(transaction, sql, new { instants = database.List(instants) }, cancellationToken);
        return rows.Select(row => row.ToNaming()).Concat(await archivedDays.NamingsAtAsync(transaction, day, instants, cancellationToken));
    }

    /// <summary>All events of episodes, by service.</summary>
    /// <param name="transaction">One state of the books.</param>
    /// <param name="archived">The archived ones.</param>
    /// <param name="range">Which episodes.</param>
    /// <param name="only">Which of the range; null for all of them.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<Dictionary<Guid, EpisodeCost>> OfEpisodesAsync(
        LedgerTransaction transaction,
        ArchivedEpisodes archived,
        EpisodeRange range,
        IReadOnlySet<Guid>? only,
        CancellationToken cancellationToken
    )
    {
        var which = only is null ? "episode_id between @first and @last" : database.IsAnyOf("episode_id", "@ids");
        var parameters = new
        {
            first = range.First,
            last = range.Last,
            ids = database.List(only ?? new HashSet<Guid>()),
        };
        var episodes = new Dictionary<Guid, EpisodeCost>();
        foreach (var row in await QueryAsync<EpisodeGroup>(transaction, SumsOfEpisodes(which), parameters, cancellationToken))
        {
            if (!episodes.TryGetValue(row.EpisodeId, out var episode))
                episodes.Add(row.EpisodeId, episode = new EpisodeCost(row.EpisodeId));
            episode.Add(row.ToContribution(), categories.Of(row.Service), row.LastEventAt);
        }

        foreach (var (episode, naming) in await NamingsAsync(transaction, which, parameters, cancellationToken))
            episodes[episode].AddNaming(naming);
        await archived.AddToAsync(episodes, transaction, range, only, categories, cancellationToken);
        return episodes;
    }

    private static string SumsOfEpisodes(string which) =>
        $"""
            select
              episode_id, service, sum(total_cost_usd) as cost_usd, count(*) as event_count, max(timestamp) as last_event_at,
              sum({TokensOf}) as tokens, sum({EmailsOf}) as emails, sum({RequestsOf}) as requests,
              sum(file_size_mb) as file_size_mb, sum(duration_seconds) as duration_seconds
            from cost_tracking_events
            where {which}
            group by episode_id, service
            """;

    // Of several events at the earliest time all are given: ids decide, and not every database has the least of them.
    private static async Task<IEnumerable<(Guid EpisodeId, NamingEvent Naming)>> NamingsAsync(
        LedgerTransaction transaction,
        string which,
        object parameters,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select e.episode_id, e.podcast_id, e.timestamp, e.id
            from (select * from cost_tracking_events where {which} and podcast_id is not null) e
            join (
              select episode_id, min(timestamp) as first_at
              from cost_tracking_events
              where {which} and podcast_id is not null and episode_id is not null
              group by episode_id
            ) f on f.episode_id = e.episode_id and f.first_at = e.timestamp
            """;
        var rows = await QueryAsync<NamingRow>(transaction, sql, parameters, cancellationToken);
        return rows.Select(row => row.ToNaming());
    }

    private static CommandDefinition Command(LedgerTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, transaction.Transaction, commandTimeout: 0, cancellationToken: cancellationToken);

    private static Task<IEnumerable<T>> QueryAsync<T>(
        LedgerTransaction transaction,
        string sql,
        object parameters,
        CancellationToken cancellationToken
    ) => transaction.Connection.QueryAsync<T>(Command(transaction, sql, parameters, cancellationToken));

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

        public (Guid EpisodeId, NamingEvent Naming) ToNaming() => (EpisodeId, new NamingEvent(Timestamp, Id, PodcastId));
    }
}
