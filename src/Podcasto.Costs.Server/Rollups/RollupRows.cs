using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Rollups;

internal sealed record EpisodeCostRow(EpisodeCost Cost, DateTimeOffset At);

internal sealed record EpisodeDayRow(EpisodeDayKey Key, Tally Tally);

internal sealed record CellRow(CellKey Key, Tally Tally);

internal sealed record DayRow(DateOnly Day, GroupCosts Costs, DateTimeOffset At)
{
    public long EpisodeCount { get; set; }

    public decimal MaxEpisodeCostUsd { get; private set; }

    public Guid? MostExpensiveEpisodeId { get; private set; }

    /// <summary>Takes note of what an episode costs that day, all told.</summary>
    public void Consider(Guid episodeId, decimal costUsd)
    {
        if (MostExpensiveEpisodeId is { } best && (costUsd < MaxEpisodeCostUsd || (costUsd == MaxEpisodeCostUsd && episodeId.CompareTo(best) > 0)))
            return;
        (MostExpensiveEpisodeId, MaxEpisodeCostUsd) = (episodeId, costUsd);
    }
}

internal sealed record MonthRow(Month Month, GroupCosts Costs, DateTimeOffset At)
{
    public long EpisodeCount { get; set; }
}

internal sealed record PodcastMonthRow(Guid PodcastId, Month Month)
{
    public long EpisodeCount { get; set; }

    public decimal CostUsd { get; set; }

    public decimal EpisodeCostUsd { get; set; }

    public long EventCount { get; set; }
}
