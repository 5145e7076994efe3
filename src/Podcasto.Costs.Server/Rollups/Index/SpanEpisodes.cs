using System.Collections;
using System.Runtime.InteropServices;

namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>What distinct episodes cost.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="CostUsd">US dollars.</param>
/// <param name="TimedCostUsd">US dollars of those whose duration is known.</param>
/// <param name="DurationSeconds">Seconds of audio of those.</param>
internal sealed record EpisodeTally(long Count, decimal CostUsd, decimal TimedCostUsd, decimal DurationSeconds);

/// <summary>Some episodes, and those of whom more has to be asked.</summary>
/// <param name="Latest">The ones that were published last, latest first.</param>
/// <param name="Unpublished">All whose publication is not known.</param>
internal sealed record EpisodesInTime(IReadOnlyList<Guid> Latest, IReadOnlyList<Guid> Unpublished);

/// <summary>Counts and adds up the episodes of a span of days, each episode once.</summary>
internal sealed class SpanEpisodes(IReadOnlyList<DayEpisodes> days, Numbering podcasts, Numbering episodes, Chunks<CatalogFacts> facts)
{
    /// <summary>All of them, or those of one podcast.</summary>
    public EpisodeTally TallyOf(Guid? podcast)
    {
        var seen = new bool[facts.Count];
        var (count, cost, timed, seconds) = (0L, 0m, 0m, 0m);
        foreach (var (day, part) in Parts(podcast))
        {
            cost += part.CostUsd;
            for (var row = part.Start; row < part.End; row++)
            {
                var episode = day.Episodes[row];
                ref readonly var fact = ref facts[episode];
                if (fact.Seconds >= 0)
                    timed += day.CostsUsd[row];
                if (seen[episode])
                    continue;
                seen[episode] = true;
                count++;
                if (fact.Seconds >= 0)
                    seconds += fact.Seconds;
            }
        }

        return new EpisodeTally(count, cost, timed, seconds);
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

    private IEnumerable<(DayEpisodes Day, PodcastPart Part)> Parts(Guid? podcast)
    {
        var wanted = podcast is { } id ? podcasts.Find(id) ?? -1 : (int?)null;
        return from day in days from part in day.Parts where wanted is null || part.Podcast == wanted select (day, part);
    }
}
