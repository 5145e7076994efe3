using System.Runtime.CompilerServices;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Rollups.Audit;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>Archived events summed by all dimensions of the rollups per day.</summary>
internal sealed class ArchivedDays(Database database, ArchiveReader reader)
{
    private const string Dimensions = "cast(timestamp as date) as day, episode_id, podcast_id, service, event_type, model, region";
    private const string Tallies = "sum(total_cost_usd), count(*), count(*) filter (where priced_by = 'none')";

    private const string Usage = $"""
        max(timestamp), sum({EventSums.TokensOf}), sum({EventSums.EmailsOf}), sum({EventSums.RequestsOf}), sum(file_size_mb), sum(duration_seconds)
        """;

    private const string Namings = """
        select e.episode_id, e.podcast_id, e.timestamp, e.id
        from day e
        join (select episode_id, min(timestamp) as first_at from day group by episode_id) f
          on f.episode_id = e.episode_id and f.first_at = e.timestamp
        """;

    /// <summary>A day.</summary>
    /// <param name="transaction">Reads nothing else meanwhile.</param>
    /// <param name="day">The UTC day.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async IAsyncEnumerable<EventGroup> GroupsOfDayAsync(
        LedgerTransaction transaction,
        DateOnly day,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var events = await reader.OpenAsync(transaction, day, day, cancellationToken);
        if (events is null)
            yield break;
        var sql = $"select {Dimensions}, {Tallies}, {Usage} from events where {On(day)} group by all";
        var groups = events.Query(sql, null, ReadGroup, cancellationToken).ToList();
        var orphans = groups.Where(group => IsOrphan(group.Sums)).Select(group => group.Sums.EpisodeId!.Value);
        var podcasts = await CatalogPodcasts.OfAsync(database, transaction, orphans, cancellationToken);
        foreach (var group in groups)
        {
            yield return IsOrphan(group.Sums) && podcasts.TryGetValue(group.Sums.EpisodeId!.Value, out var podcast)
                ? group with
                {
                    Sums = group.Sums with { PodcastId = podcast },
                }
                : group;
        }
    }

    /// <summary>The earliest events of each episode on a day that name a podcast of their own.</summary>
    public async Task<IReadOnlyList<(Guid EpisodeId, NamingEvent Naming)>> NamingsOfDayAsync(
        LedgerTransaction transaction,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        using var events = await reader.OpenAsync(transaction, day, day, cancellationToken);
        if (events is null)
            return [];
        var named = $"with day as (select * from events where {On(day)} and podcast_id is not null and episode_id is not null) {Namings}";
        return
        [
            .. events.Query(named, null, row => (row.Id(0), new NamingEvent(row.Instant(2), row.Id(3), row.Id(1))), cancellationToken),
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

    private static bool IsOrphan(in Contribution sums) => sums is { PodcastId: null, EpisodeId: not null };

    private static EventGroup ReadGroup(Server.Parquet.ParquetRow row) =>
        new(
            Read(row) with
            {
                Metrics = new UsageMetrics(
                    row.DecimalOrNull(11) ?? 0,
                    row.DecimalOrNull(12) ?? 0,
                    row.DecimalOrNull(13) ?? 0,
                    row.DecimalOrNull(14) ?? 0,
                    row.DecimalOrNull(15) ?? 0
                ),
            },
            row.Instant(10)
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
