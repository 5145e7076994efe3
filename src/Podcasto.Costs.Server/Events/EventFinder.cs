using Dapper;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Events;

/// <summary>
/// A page of events by any filter. The rollups say on which days there are such events, so that a rare service or a single unpriced event is
/// found without reading the ledger in between.
/// </summary>
internal sealed class EventFinder(Database database, EventStore events)
{
    /// <summary>Events, newest first, of one instant by id.</summary>
    public async Task<IReadOnlyList<EventView>> ListAsync(EventFilter filter, EventPosition? after, int limit, CancellationToken cancellationToken)
    {
        var found = new List<EventView>();
        foreach (var (from, to) in await SpansAsync(filter, after, limit, cancellationToken))
        {
            var ofSpan = filter with { From = Later(filter.From, from), To = Earlier(filter.To, to) };
            await foreach (var view in events.ListAsync(ofSpan, after, limit - found.Count, cancellationToken))
                found.Add(view);
            if (found.Count >= limit)
                break;
        }

        return found;
    }

    // Spans of days in a row that have events of the filter, newest first; as many as the page needs.
    private async Task<IReadOnlyList<(DateTimeOffset? From, DateTimeOffset? To)>> SpansAsync(
        EventFilter filter,
        EventPosition? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (IsPlain(filter))
            return [(null, null)];
        var spans = new List<(DateTimeOffset? From, DateTimeOffset? To)>();
        var last = after is { } position ? DateOnly.FromDateTime(position.Timestamp.UtcDateTime) : (DateOnly?)null;
        var counted = 0L;
        foreach (var day in await DaysAsync(filter, last, cancellationToken))
        {
            var (start, end) = (StartOf(day.Day), StartOf(day.Day.AddDays(1)));
            if (spans.Count > 0 && spans[^1].From == end)
                spans[^1] = (start, spans[^1].To);
            else
                spans.Add((start, end));
            // Of the day on which the page before ended there may be nothing left.
            counted += day.Day == last ? 0 : Counted(filter, day);
            if (counted >= limit)
                break;
        }

        return spans;
    }

    private async Task<IEnumerable<DayCount>> DaysAsync(EventFilter filter, DateOnly? last, CancellationToken cancellationToken)
    {
        var conditions = new Conditions();
        // An event of an episode may have another podcast than the filter's: the days of the episode hold both.
        conditions.AddIf(filter.EpisodeId is not null, "episode_id = @EpisodeId");
        conditions.AddIf(filter.EpisodeId is null && filter.PodcastId is not null, "podcast_id = @PodcastId");
        conditions.AddIf(filter.EpisodeId is null && filter.Service is not null, "service = @Service");
        conditions.AddIf(filter.EpisodeId is null && filter.EventType is not null, "event_type = @EventType");
        conditions.AddIf(filter.EpisodeId is null && filter.Model is not null, "model = @Model");
        conditions.AddIf(filter.EpisodeId is null && filter.Region is not null, "region = @Region");
        conditions.AddIf(filter.From is not null, "day >= @first");
        conditions.AddIf(filter.To is not null, "day <= @end");
        conditions.AddIf(last is not null, "day <= @last");
        conditions.Add(filter.PricedBy == "none" ? "unpriced_count > 0" : "event_count > 0");
        var table =
            filter.EpisodeId is not null ? "episode_days"
            : filter.PodcastId is not null ? "podcast_day_cells"
            : "day_cells";
        var sql = $"""
            select day, cast(sum(event_count) as bigint) as event_count, cast(sum(unpriced_count) as bigint) as unpriced_count
            from {table} {conditions.Where} group by day order by day desc
            """;
        var parameters = new DynamicParameters(filter);
        parameters.Add("first", DayOf(filter.From));
        parameters.Add("end", DayOf(filter.To));
        parameters.Add("last", last);
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QueryAsync<DayCount>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    // How many events of the filter a day has for sure; days cannot tell what the filter of an episode leaves of them.
    private static long Counted(EventFilter filter, DayCount day) =>
        filter.PricedBy is "event" or "price"
        || filter.EpisodeId is not null
            && (filter.PodcastId ?? (object?)filter.Service ?? filter.EventType ?? filter.Model ?? filter.Region) is not null
            ? 0
        : filter.PricedBy is "none" ? day.UnpricedCount
        : day.EventCount;

    private static bool IsPlain(EventFilter filter) => filter with { From = null, To = null } == new EventFilter();

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static DateOnly? DayOf(DateTimeOffset? at) => at is { } instant ? DateOnly.FromDateTime(instant.UtcDateTime) : null;

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) => left is null || left < right ? right ?? left : left;

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) => left is null || left > right ? right ?? left : left;

    private sealed record DayCount
    {
        public DateOnly Day { get; init; }

        public long EventCount { get; init; }

        public long UnpricedCount { get; init; }
    }
}
