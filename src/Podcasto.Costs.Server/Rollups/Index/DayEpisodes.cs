namespace Podcasto.Costs.Server.Rollups.Index;

/// <summary>The rows of a podcast among those of a day.</summary>
/// <param name="Podcast">Its number.</param>
/// <param name="Start">The first of its rows.</param>
/// <param name="End">The row after its last.</param>
/// <param name="CostUsd">US dollars of all of them.</param>
internal readonly record struct PodcastPart(int Podcast, int Start, int End, decimal CostUsd);

/// <summary>A day's episodes and what they cost, podcast by podcast. Never changed: a day that did is read anew.</summary>
internal sealed class DayEpisodes
{
    /// <param name="version">The state that was read.</param>
    /// <param name="rows">In the order of podcasts.</param>
    public DayEpisodes(DayVersion version, IReadOnlyList<(int Podcast, int Episode, decimal CostUsd)> rows)
    {
        Version = version;
        Episodes = [.. rows.Select(row => row.Episode)];
        CostsUsd = [.. rows.Select(row => row.CostUsd)];
        var parts = new List<PodcastPart>();
        for (var start = 0; start < rows.Count; start = parts[^1].End)
        {
            var (end, cost) = (start, 0m);
            for (; end < rows.Count && rows[end].Podcast == rows[start].Podcast; end++)
                cost += rows[end].CostUsd;
            parts.Add(new PodcastPart(rows[start].Podcast, start, end, cost));
        }

        Parts = [.. parts];
    }

    public DayVersion Version { get; }

    public PodcastPart[] Parts { get; }

    /// <summary>The number of the episode of each row.</summary>
    public int[] Episodes { get; }

    /// <summary>US dollars of each row.</summary>
    public decimal[] CostsUsd { get; }
}
