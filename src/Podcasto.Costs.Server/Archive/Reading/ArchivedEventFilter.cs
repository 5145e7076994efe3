using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>A filter of events in DuckDB's words.</summary>
internal sealed class ArchivedEventFilter
{
    private readonly Conditions _conditions = new();
    private readonly Dictionary<string, object> _parameters = [];

    public ArchivedEventFilter(EventFilter filter, EventPosition? after)
    {
        Add("episode_id", "=", filter.EpisodeId);
        Add("service", "=", filter.Service);
        Add("event_type", "=", filter.EventType);
        Add("model", "=", filter.Model);
        Add("region", "=", filter.Region);
        Add("priced_by", "=", filter.PricedBy);
        if (filter.From is { } from)
            Bound(">=", from);
        if (filter.To is { } to)
            Bound("<", to);
        if (after is { } position)
        {
            var at = Instant(position.Timestamp);
            _conditions.Add($"timestamp <= {at} and (timestamp < {at} or id > $after_id)");
            _parameters.Add("after_id", position.Id);
        }
    }

    public string Where => _conditions.Where;

    public IReadOnlyDictionary<string, object> Parameters => _parameters;

    /// <summary>The events of a podcast: by themselves, or through their episodes.</summary>
    public void OfPodcast(Guid podcast, IReadOnlyList<Guid> episodes)
    {
        _conditions.Add("(podcast_id = $podcast_id or (podcast_id is null and episode_id in (select unnest($episodes::uuid[]))))");
        _parameters.Add("podcast_id", podcast);
        _parameters.Add("episodes", episodes.ToList());
    }

    /// <summary>The same, of one day only.</summary>
    public string OfDay(DateOnly day)
    {
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var span = $"timestamp >= {Instant(start)} and timestamp < {Instant(start.AddDays(1))}";
        return Where.Length == 0 ? $"where {span}" : $"{Where} and {span}";
    }

    /// <summary>An instant as a literal.</summary>
    public static string Instant(DateTimeOffset instant) => $"timestamptz '{SqliteText.Of(instant)}'";

    private void Bound(string comparison, DateTimeOffset instant) => _conditions.Add($"timestamp {comparison} {Instant(instant)}");

    private void Add(string column, string comparison, object? value)
    {
        if (value is null)
            return;
        _conditions.Add($"{column} {comparison} ${column}");
        _parameters.Add(column, value);
    }
}
