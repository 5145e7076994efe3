using Podcasto.Costs.Client.Podcasts;

namespace Podcasto.Costs.Server.Podcasts;

/// <summary>A podcast of a period beside the period before.</summary>
/// <param name="Podcast">What it cost.</param>
/// <param name="BeforeUsd">US dollars of the period before; 0 where it had no events.</param>
internal sealed record PodcastLine(PodcastCostView Podcast, decimal BeforeUsd)
{
    private static readonly Dictionary<string, Func<PodcastLine, IComparable?>> Keys = new(StringComparer.Ordinal)
    {
        ["title"] = line => line.Podcast.Title?.ToUpperInvariant(),
        ["total_cost_usd"] = line => line.Podcast.TotalCostUsd,
        ["episode_count"] = line => line.Podcast.EpisodeCount,
        ["avg_cost_per_episode_usd"] = line => line.Podcast.AvgCostPerEpisodeUsd,
        ["change"] = line => line.Change,
    };

    /// <summary>By how much it moved, 1 for twice as much; null where there is nothing to compare with.</summary>
    public decimal? Change => BeforeUsd > 0 ? (Podcast.TotalCostUsd - BeforeUsd) / BeforeUsd : null;

    /// <summary>Lines in the order of a column, descending with a minus; missing values last, then by id.</summary>
    public static IReadOnlyList<PodcastLine> Sort(IEnumerable<PodcastLine> lines, string sort)
    {
        var key = Keys[sort.TrimStart('-')];
        var known = lines.OrderBy(line => key(line) is null);
        var ordered = sort[0] == '-' ? known.ThenByDescending(key) : known.ThenBy(key);
        return [.. ordered.ThenBy(line => line.Podcast.PodcastId)];
    }

    /// <summary>The order that an address asks for; the dearest first where it makes no sense.</summary>
    public static string SortOf(string? text) =>
        text is { Length: > 1 } && Keys.ContainsKey(text[0] == '-' ? text[1..] : text) ? text : "-total_cost_usd";
}
