using System.Collections;
using System.Runtime.InteropServices;

namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>Some episodes, and those of whom more has to be asked.</summary>
/// <param name="Latest">The ones that were published last, latest first.</param>
/// <param name="Unpublished">All whose publication is not known.</param>
internal sealed record EpisodesInTime(IReadOnlyList<Guid> Latest, IReadOnlyList<Guid> Unpublished);

/// <summary>Counts and adds up the episodes of a span of days, each episode once.</summary>
internal sealed class SpanEpisodes(IReadOnlyList<DayEpisodes> days, Numbering podcasts, Numbering episodes, Chunks<CatalogFacts> facts)
{
    /// <summary>All of them, or those of one podcast; of the whole span and of each of its days.</summary>
    public SpanTally TallyOf(Guid? podcast)
    {
        // By the day on which an episode was seen last it is known both whether it is new to the span and whether it is new to the day.
        var lastSeen = new int[facts.Count];
        var all = new RunningTally();
        var byDay = new Dictionary<DateOnly, EpisodeTally>();
        for (var number = 1; number <= days.Count; number++)
        {
            var day = days[number - 1];
            var ofDay = new RunningTally();
            foreach (var part in Parts(podcast, day))
            {
                ofDay.CostUsd += part.CostUsd;
                for (var row = part.Start; row < part.End; row++)
                {
                    var episode = day.Episodes[row];
                    ref readonly var fact = ref facts[episode];
                    if (fact.Seconds >= 0)
                        ofDay.TimedCostUsd += day.CostsUsd[row];
                    if (lastSeen[episode] == number)
                        continue;
                    ofDay.Count(fact);
                    if (lastSeen[episode] == 0)
                        all.Count(fact);
                    lastSeen[episode] = number;
                }
            }

            all.CostUsd += ofDay.CostUsd;
            all.TimedCostUsd += ofDay.TimedCostUsd;
            byDay.Add(day.Version.Day, ofDay.ToTally());
        }

        return new SpanTally(all.ToTally(), byDay);
    }

    /// <summary>How many episodes each podcast has, and what they cost it; the zero UUID stands for none.</summary>
    public IReadOnlyDictionary<Guid, EpisodeTally> ByPodcast()
    {
        var seenOf = new int[episodes.Count];
        var tallies = new Dictionary<Guid, EpisodeTally>();
        foreach (var parts in Parts(null).GroupBy(part => part.Part.Podcast))
        {
            var (count, cost) = (0L, 0m);
            foreach (var (day, part) in parts)
            {
                cost += part.CostUsd;
                foreach (var episode in day.Episodes.AsSpan(part.Start, part.End - part.Start))
                {
                    if (seenOf[episode] == parts.Key + 1)
                        continue;
                    seenOf[episode] = parts.Key + 1;
                    count++;
                }
            }

            tallies.Add(podcasts[parts.Key], new EpisodeTally(count, cost, 0, 0));
        }

        return tallies;
    }

    /// <summary>The dearest ones, dearest first, ties by id.</summary>
    public IReadOnlyList<Guid> Dearest(int most)
    {
        var costs = new Dictionary<int, decimal>();
        foreach (var day in days)
        {
            for (var row = 0; row < day.Episodes.Length; row++)
                CollectionsMarshal.GetValueRefOrAddDefault(costs, day.Episodes[row], out _) += day.CostsUsd[row];
        }

        return
        [
            .. costs
                .Select(cost => (Id: episodes[cost.Key], Usd: cost.Value))
                .OrderByDescending(cost => cost.Usd)
                .ThenBy(cost => cost.Id)
                .Select(cost => cost.Id)
                .Take(most),
        ];
    }

    /// <summary>The ones of a podcast that are the latest by their publication, ties by id.</summary>
    public EpisodesInTime LatestOf(Guid podcast, int most)
    {
        var seen = new BitArray(episodes.Count);
        var published = new List<(long At, Guid Id)>();
        var unpublished = new List<Guid>();
        foreach (var (day, part) in Parts(podcast))
        {
            foreach (var episode in day.Episodes.AsSpan(part.Start, part.End - part.Start))
            {
                if (seen[episode])
                    continue;
                seen[episode] = true;
                if (facts[episode].PublishedAt is > 0 and var at)
                    published.Add((at, episodes[episode]));
                else
                    unpublished.Add(episodes[episode]);
            }
        }

        return new EpisodesInTime(
            [.. published.OrderByDescending(item => item.At).ThenBy(item => item.Id).Select(item => item.Id).Take(most)],
            unpublished
        );
    }

    private IEnumerable<(DayEpisodes Day, PodcastPart Part)> Parts(Guid? podcast) =>
        days.SelectMany(day => Parts(podcast, day), (day, part) => (day, part));

    private IEnumerable<PodcastPart> Parts(Guid? podcast, DayEpisodes day)
    {
        var wanted = podcast is { } id ? podcasts.Find(id) ?? -1 : (int?)null;
        return day.Parts.Where(part => wanted is null || part.Podcast == wanted);
    }
}
