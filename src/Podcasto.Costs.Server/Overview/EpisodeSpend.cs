using Dapper;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Server.Dashboard.Filters;
using Podcasto.Costs.Server.Rollups.Index;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Overview;

/// <summary>What the episodes with events in a span cost in it.</summary>
internal sealed record EpisodeSpend
{
    public long EpisodeCount { get; init; }

    public decimal CostUsd { get; init; }

    /// <summary>US dollars of those whose duration is known.</summary>
    public decimal TimedCostUsd { get; init; }

    /// <summary>Seconds of audio of those.</summary>
    public decimal DurationSeconds { get; init; }

    /// <summary>The same of each day with events; null where the span is too long to be counted in memory.</summary>
    public IReadOnlyDictionary<DateOnly, EpisodeSpend>? Days { get; init; }

    /// <summary>US dollars; half-even to 12 decimals; 0 without episodes.</summary>
    public decimal AveragePerEpisodeUsd => ExactMath.Average(CostUsd, EpisodeCount);

    /// <summary>US dollars for a minute of audio; null where no duration is known.</summary>
    public decimal? PerMinuteUsd => DurationSeconds > 0 ? decimal.Round(TimedCostUsd * 60 / DurationSeconds, 12, MidpointRounding.ToEven) : null;

    /// <summary>A figure of each day of a period, in order; null where no episode had an event, or where days are not known.</summary>
    public IReadOnlyList<decimal?> Daily(Period period, Func<EpisodeSpend, decimal?> figure) =>
        [.. period.EachDay().Select(day => Days?.GetValueOrDefault(day) is { EpisodeCount: > 0 } spend ? figure(spend) : null)];
}

/// <summary>Sums over distinct episodes, from memory; of a span that is too long for it, what the database took long to compute is kept for a while.</summary>
internal sealed class EpisodeSpendStore(Database database, EpisodeIndex index, SlowAnswers answers)
{
    public async Task<EpisodeSpend> OfAsync(DateOnly from, DateOnly to, Guid? podcast, CancellationToken cancellationToken) =>
        await index.ReadAsync((nameof(EpisodeSpend), podcast), from, to, span => Spend(span.TallyOf(podcast)), cancellationToken)
        ?? await answers.GetAsync((nameof(EpisodeSpend), from, to, podcast), () => ReadAsync(from, to, podcast, cancellationToken));

    private static EpisodeSpend Spend(SpanTally tally) =>
        Spend(tally.All) with
        {
            Days = tally.Days.ToDictionary(day => day.Key, day => Spend(day.Value)),
        };

    private static EpisodeSpend Spend(EpisodeTally tally) =>
        new()
        {
            EpisodeCount = tally.Count,
            CostUsd = tally.CostUsd,
            TimedCostUsd = tally.TimedCostUsd,
            DurationSeconds = tally.DurationSeconds,
        };

    private async Task<EpisodeSpend> ReadAsync(DateOnly from, DateOnly to, Guid? podcast, CancellationToken cancellationToken)
    {
        var sql = $"""
            select
              count(*) as episode_count, sum(s.cost_usd) as cost_usd,
              sum(case when e.duration_seconds is not null then s.cost_usd end) as timed_cost_usd, sum(e.duration_seconds) as duration_seconds
            from (
              select episode_id, sum(cost_usd) as cost_usd from episode_days
              where day between @from and @to and event_count > 0 {(podcast is null ? "" : "and podcast_id = @podcast")}
              group by episode_id
            ) s
            left join episodes e on e.id = s.episode_id
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new
        {
            from,
            to,
            podcast,
        };
        var row = await connection.QuerySingleAsync<Row>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return new EpisodeSpend
        {
            EpisodeCount = row.EpisodeCount,
            CostUsd = row.CostUsd ?? 0,
            TimedCostUsd = row.TimedCostUsd ?? 0,
            DurationSeconds = row.DurationSeconds ?? 0,
        };
    }

    private sealed record Row
    {
        public long EpisodeCount { get; init; }

        public decimal? CostUsd { get; init; }

        public decimal? TimedCostUsd { get; init; }

        public decimal? DurationSeconds { get; init; }
    }
}
