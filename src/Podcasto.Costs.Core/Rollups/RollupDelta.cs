using Podcasto.Costs.Core.Events;

namespace Podcasto.Costs.Core.Rollups;

/// <summary>What a batch of events changes in the rollups: sums by the finest keys, from which all coarser ones follow.</summary>
/// <param name="categories">Decides where a service's cost goes.</param>
public sealed class RollupDelta(CategoryRules categories)
{
    private readonly Dictionary<Guid, EpisodeCost> _episodes = [];
    private readonly Dictionary<EpisodeDayKey, Tally> _episodeDays = [];
    private readonly Dictionary<CellKey, Tally> _podcastCells = [];

    /// <summary>Per episode.</summary>
    public IReadOnlyDictionary<Guid, EpisodeCost> Episodes => _episodes;

    /// <summary>Per episode, day and podcast.</summary>
    public IReadOnlyDictionary<EpisodeDayKey, Tally> EpisodeDays => _episodeDays;

    /// <summary>Per podcast, day and all dimensions but the episode.</summary>
    public IReadOnlyDictionary<CellKey, Tally> PodcastCells => _podcastCells;

    /// <summary>What new events change.</summary>
    /// <param name="events">The events with their costs.</param>
    /// <param name="catalogPodcasts">The catalog's podcast of each episode that it knows.</param>
    /// <param name="categories">Decides where a service's cost goes.</param>
    public static RollupDelta Of(IEnumerable<PricedEvent> events, IReadOnlyDictionary<Guid, Guid> catalogPodcasts, CategoryRules categories)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(catalogPodcasts);
        var delta = new RollupDelta(categories);
        foreach (var priced in events)
            delta.Add(priced, priced.Event.EpisodeId is { } episode && catalogPodcasts.TryGetValue(episode, out var podcast) ? podcast : null);
        return delta;
    }

    /// <summary>Adds a new event.</summary>
    /// <param name="priced">The event with its cost.</param>
    /// <param name="catalogPodcastId">The podcast of its episode in the catalog, if known.</param>
    public void Add(PricedEvent priced, Guid? catalogPodcastId)
    {
        ArgumentNullException.ThrowIfNull(priced);
        var costEvent = priced.Event;
        var contribution = Contribution.Of(priced, costEvent.PodcastId ?? catalogPodcastId);
        AddToDays(contribution);
        if (costEvent.EpisodeId is not { } episodeId)
            return;
        var episode = Episode(episodeId, catalogPodcastId);
        episode.Add(contribution, categories.Of(costEvent.Service), costEvent.Timestamp);
        if (costEvent.PodcastId is { } named)
            episode.AddNaming(new NamingEvent(costEvent.Timestamp, costEvent.Id, named));
    }

    /// <summary>Adds events that share all dimensions.</summary>
    /// <param name="contribution">What they add.</param>
    /// <param name="lastEventAt">The timestamp of the latest of them.</param>
    public void Add(in Contribution contribution, DateTimeOffset lastEventAt)
    {
        AddToDays(contribution);
        if (contribution.EpisodeId is { } episodeId)
            Episode(episodeId, null).Add(contribution, categories.Of(contribution.Service), lastEventAt);
    }

    /// <summary>Takes note of an event that names a podcast of its own; the episode's events have been added.</summary>
    public void AddNaming(Guid episodeId, NamingEvent naming) => _episodes[episodeId].AddNaming(naming);

    /// <summary>Adds to all but the episode's own sums: its events of a day, taken to or away from a podcast.</summary>
    public void AddToDays(in Contribution contribution)
    {
        Increase(_podcastCells, CellKey.Of(contribution), Tally.Of(contribution));
        if (contribution.EpisodeId is { } episodeId)
            Increase(_episodeDays, new EpisodeDayKey(episodeId, contribution.Day, contribution.PodcastId ?? Guid.Empty), Tally.Of(contribution));
    }

    /// <summary>Per day and all dimensions but episode and podcast.</summary>
    public Dictionary<CellKey, Tally> DayCells()
    {
        var cells = new Dictionary<CellKey, Tally>();
        foreach (var (key, tally) in _podcastCells)
            Increase(cells, key.OfAllPodcasts(), tally);
        return cells;
    }

    /// <summary>Per day, by group.</summary>
    public Dictionary<DateOnly, GroupCosts> Days()
    {
        var days = new Dictionary<DateOnly, GroupCosts>();
        foreach (var (key, tally) in _podcastCells)
        {
            if (!days.TryGetValue(key.Day, out var day))
                days.Add(key.Day, day = new GroupCosts());
            day.Add(tally, categories.Of(key.Service).Group());
        }

        foreach (var (key, tally) in _episodeDays)
            days[key.Day].AddEpisodeCost(tally.CostUsd);
        return days;
    }

    private EpisodeCost Episode(Guid episodeId, Guid? catalogPodcastId)
    {
        if (!_episodes.TryGetValue(episodeId, out var episode))
            _episodes.Add(episodeId, episode = new EpisodeCost(episodeId) { CatalogPodcastId = catalogPodcastId });
        return episode;
    }

    private static void Increase<TKey>(Dictionary<TKey, Tally> sums, TKey key, Tally by)
        where TKey : notnull
    {
        ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _);
        sum += by;
    }
}
