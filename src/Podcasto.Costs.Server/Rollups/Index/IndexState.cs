using System.Collections;

namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>What a server holds in memory of the days of episodes. Not to be used by two at a time.</summary>
/// <param name="maxRows">Most rows, and most episodes.</param>
internal sealed class IndexState(long maxRows)
{
    private readonly Dictionary<DateOnly, DayEpisodes> _days = [];
    private Numbering _podcasts = new();
    private Numbering _episodes = new();
    private Chunks<CatalogFacts> _facts = new();

    public long Rows { get; private set; }

    public long Revision { get; private set; }

    public long Repairs { get; private set; }

    /// <summary>Whether there is nothing here that a change of the catalog could touch.</summary>
    public bool IsEmpty => _episodes.Count == 0;

    /// <summary>Whether all days of a span are here as they are in the database.</summary>
    public bool Holds(SpanVersion span) => Revision == span.Revision && Repairs == span.Repairs && !Missing(span).Any();

    /// <summary>The days of a span that are not here, or not as they are in the database.</summary>
    public IEnumerable<DayVersion> Missing(SpanVersion span) =>
        span.Days.Where(day => !_days.TryGetValue(day.Day, out var held) || held.Version != day);

    /// <summary>The days of a span; good until something else is done here.</summary>
    public SpanEpisodes Of(SpanVersion span) => new([.. span.Days.Select(day => _days[day.Day])], _podcasts, _episodes, _facts);

    /// <summary>Takes note of what has changed in the catalog since the last time; days that lost or won an episode by it are dropped.</summary>
    public void Renew(SpanVersion span, IReadOnlyList<EpisodeRow> changed)
    {
        // A repair may have changed any day. A count that went back is another database's, put in the place of the one that was read.
        if (span.Repairs != Repairs || span.Revision < Revision || _episodes.Count > maxRows)
            Clear();
        var moved = new BitArray(_episodes.Count);
        foreach (var row in changed)
        {
            if (_episodes.Find(row.EpisodeId) is not { } episode)
                continue;
            var facts = FactsOf(row);
            moved[episode] = _facts[episode].Podcast != facts.Podcast;
            _facts[episode] = facts;
        }

        foreach (var day in _days.Values.Where(day => moved.HasAnySet() && Array.Exists(day.Episodes, episode => moved[episode])).ToList())
            Drop(day);
        (Revision, Repairs) = (span.Revision, span.Repairs);
    }

    /// <summary>Takes in a day as it was read.</summary>
    /// <param name="version">The day.</param>
    /// <param name="rows">All its rows.</param>
    /// <param name="span">What is wanted just now, and stays: other days give way to it, the oldest first.</param>
    public void Add(DayVersion version, IEnumerable<EpisodeRow> rows, SpanVersion span)
    {
        var day = new DayEpisodes(version, [.. rows.Select(Numbered).OrderBy(row => row.Podcast)]);
        if (_days.TryGetValue(version.Day, out var before))
            Drop(before);
        if (Rows + day.Episodes.Length > maxRows)
            MakeRoom(day.Episodes.Length, span);
        _days.Add(version.Day, day);
        Rows += day.Episodes.Length;
    }

    private void MakeRoom(int rows, SpanVersion span)
    {
        var wanted = span.Days.Select(day => day.Day).ToHashSet();
        foreach (var day in _days.Values.Where(day => !wanted.Contains(day.Version.Day)).OrderBy(day => day.Version.Day).ToList())
        {
            if (Rows + rows <= maxRows)
                return;
            Drop(day);
        }
    }

    private (int Podcast, int Episode, decimal CostUsd) Numbered(EpisodeRow row)
    {
        var episode = _episodes.Of(row.EpisodeId);
        if (episode == _facts.Count)
            _facts.Add(FactsOf(row));
        return (_podcasts.Of(row.PodcastId), episode, row.CostUsd);
    }

    private CatalogFacts FactsOf(EpisodeRow row) =>
        new(row.CatalogPodcastId is { } podcast ? _podcasts.Of(podcast) : -1, row.PublishedAt?.UtcTicks ?? 0, row.DurationSeconds ?? -1);

    private void Drop(DayEpisodes day)
    {
        _days.Remove(day.Version.Day);
        Rows -= day.Episodes.Length;
    }

    private void Clear()
    {
        _days.Clear();
        (_podcasts, _episodes, _facts, Rows) = (new Numbering(), new Numbering(), new Chunks<CatalogFacts>(), 0);
    }
}
