using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Rollups.Audit;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>Archived events summed by all dimensions of the rollups per day.</summary>
internal sealed class ArchivedDays(Database database, ArchiveReader reader)
{
    private const string Dimensions = "cast(timestamp as date) as day, episode_id, podcast_id, service, event_type, model, region";
    private const string Tallies = "sum(total_cost_usd), count(*), count(*) filter (where priced_by = 'none')";

    private const string Usage = $"""
        min(timestamp), max(timestamp),
        sum({EventSums.TokensOf}), sum({EventSums.EmailsOf}), sum({EventSums.RequestsOf}), sum(file_size_mb), sum(duration_seconds)
        """;

    /// <summary>A day, the podcasts as the events themselves name them.</summary>
    public async Task<IReadOnlyList<EventGroup>> GroupsOfDayAsync(LedgerTransaction transaction, DateOnly day, CancellationToken cancellationToken)
    {
        using var events = await reader.OpenAsync(transaction, day, day, cancellationToken);
        var sql = $"select {Dimensions}, {Tallies}, {Usage} from events where {On(day)} group by all";
        return events is null ? [] : [.. events.Query(sql, null, ReadGroup, cancellationToken)];
    }

    /// <summary>The events of a day at some instants that name a podcast of their own.</summary>
    public async Task<IReadOnlyList<(Guid EpisodeId, NamingEvent Naming)>> NamingsAtAsync(
        LedgerTransaction transaction,
        DateOnly day,
        IReadOnlySet<DateTimeOffset> instants,
        CancellationToken cancellationToken
    )
    {
        using var events = await reader.OpenAsync(transaction, day, day, cancellationToken);
        var named = $"select episode_id, podcast_id, timestamp, id from events where {On(day)} and podcast_id is not null and episode_id is not null";
        return events is null
            ? []
            :
            [
                .. events
                    .Query(named, null, row => (Episode: row.Id(0), Naming: new NamingEvent(row.Instant(2), row.Id(3), row.Id(1))), cancellationToken)
                    .Where(row => instants.Contains(row.Naming.Timestamp)),
            ];
    }

    /// <summary>All days of the events of some episodes that name no podcast of their own.</summary>
    public async Task<IReadOnlyList<Contribution>> OfEpisodesAsync(
        LedgerTransaction transaction,
        IReadOnlyCollection<Guid> episodes,
        CancellationToken cancellationToken
    )
    {
        if (await ArchiveMonths.OfEpisodesAsync(database, transaction, episodes, cancellationToken) is not { Count: > 0 } files)
            return [];
        using var events = await reader.OpenAsync(files, cancellationToken);
        var parameters = new Dictionary<string, object> { ["episodes"] = episodes.ToList() };
        return
        [
            .. events.Query(
                $"select {Dimensions}, {Tallies} from events where podcast_id is null and episode_id in (select unnest($episodes::uuid[])) group by all",
                parameters,
                Read,
                cancellationToken
            ),
        ];
    }

    private static string On(DateOnly day)
    {
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return $"timestamp >= {ArchivedEventFilter.Instant(start)} and timestamp < {ArchivedEventFilter.Instant(start.AddDays(1))}";
    }

    private static EventGroup ReadGroup(Server.Parquet.ParquetRow row) =>
        new(
            Read(row) with
            {
                Metrics = new UsageMetrics(
                    row.DecimalOrNull(12) ?? 0,
                    row.DecimalOrNull(13) ?? 0,
                    row.DecimalOrNull(14) ?? 0,
                    row.DecimalOrNull(15) ?? 0,
                    row.DecimalOrNull(16) ?? 0
                ),
            },
            row.Instant(10),
            row.Instant(11)
        );

    private static Contribution Read(Server.Parquet.ParquetRow row) =>
        new()
        {
            Day = row.Date(0),
            EpisodeId = row.IdOrNull(1),
            PodcastId = row.IdOrNull(2),
            Service = row.Text(3),
            EventType = row.Text(4),
            Model = row.TextOrNull(5),
            Region = row.TextOrNull(6),
            CostUsd = row.Decimal(7),
            EventCount = row.Integer(8),
            UnpricedCount = row.Integer(9),
        };
}
