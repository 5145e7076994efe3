using System.Runtime.CompilerServices;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>Archived events summed by all dimensions of the rollups per day.</summary>
internal sealed class ArchivedDays(Database database, ArchiveReader reader)
{
    private const string Sums = """
        select
          cast(timestamp as date) as day, episode_id, podcast_id, service, event_type, model, region,
          sum(total_cost_usd), count(*), count(*) filter (where priced_by = 'none')
        from events
        """;

    /// <summary>A day.</summary>
    /// <param name="transaction">Reads nothing else meanwhile.</param>
    /// <param name="day">The UTC day.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async IAsyncEnumerable<Contribution> OfDayAsync(
        LedgerTransaction transaction,
        DateOnly day,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var events = await reader.OpenAsync(transaction, day, day, cancellationToken);
        if (events is null)
            yield break;
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var sql =
            $"{Sums} where timestamp >= {ArchivedEventFilter.Instant(start)} and timestamp < {ArchivedEventFilter.Instant(start.AddDays(1))} group by all";
        var groups = events.Query(sql, null, Read, cancellationToken).ToList();
        var orphans = groups.Where(group => group is { PodcastId: null, EpisodeId: not null }).Select(group => group.EpisodeId!.Value);
        var podcasts = await CatalogPodcasts.OfAsync(database, transaction, orphans, cancellationToken);
        foreach (var group in groups)
        {
            yield return group is { PodcastId: null, EpisodeId: { } episode } && podcasts.TryGetValue(episode, out var podcast)
                ? group with
                {
                    PodcastId = podcast,
                }
                : group;
        }
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
                $"{Sums} where podcast_id is null and episode_id in (select unnest($episodes::uuid[])) group by all",
                parameters,
                Read,
                cancellationToken
            ),
        ];
    }

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
