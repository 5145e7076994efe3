using Dapper;
using NpgsqlTypes;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Explorer;

/// <summary>Where the explorer reads.</summary>
/// <param name="Tables">The <c>from</c> clause; the main table is <c>s</c>.</param>
/// <param name="Day">The day of a row.</param>
/// <param name="Cost">Its cost.</param>
/// <param name="Count">Its number of events.</param>
/// <param name="Ids">The ids that it keeps apart.</param>
internal sealed record Source(string Tables, string Day, string Cost, string Count, IReadOnlyList<string> Ids)
{
    public bool IsRollup { get; private init; } = true;

    /// <summary>The ledger itself.</summary>
    public static Source Events(Database database) =>
        new(
            "cost_tracking_events s left join episodes c on c.id = s.episode_id",
            database.DayOf("s.timestamp"),
            "s.total_cost_usd",
            "1",
            [Dimension.Podcast, Dimension.Episode]
        )
        {
            IsRollup = false,
        };

    /// <summary>
    /// The days of episodes, and what their events leave of the cells of all events: the events that have no episode. What is left of a
    /// cell is the sum of its rows, and nothing where all events of it have one.
    /// </summary>
    public static Source EpisodesAndRest(Database database, bool byPodcast)
    {
        var podcast = byPodcast ? "podcast_id, " : "";
        var none = database.Cast("null", NpgsqlDbType.Uuid);
        return new(
            $"""
            (
              select day, {podcast}episode_id, cost_usd, event_count from episode_days
              union all
              select day, {podcast}{none}, cost_usd, event_count from {(byPodcast ? "podcast_day_cells" : "day_cells")}
              union all
              select day, {podcast}{none}, {database.Negative("cost_usd")}, -event_count from episode_days
            ) s
            """,
            "s.day",
            "s.cost_usd",
            "s.event_count",
            [Dimension.Podcast, Dimension.Episode]
        );
    }

    public string Column(string dimension) => !IsRollup && dimension == Dimension.Podcast ? "coalesce(s.podcast_id, c.podcast_id)" : $"s.{dimension}";

    /// <summary>Bounds on the bare column, so that an index can serve them.</summary>
    public void Between(DateOnly? from, DateOnly? to, Conditions conditions, DynamicParameters parameters)
    {
        if (from is { } first)
        {
            conditions.Add(IsRollup ? "s.day >= @from" : "s.timestamp >= @from");
            parameters.Add("from", IsRollup ? (object)first : StartOf(first));
        }

        if (to is not { } last || last == DateOnly.MaxValue)
            return;
        conditions.Add(IsRollup ? "s.day <= @to" : "s.timestamp < @to");
        parameters.Add("to", IsRollup ? (object)last : StartOf(last.AddDays(1)));
    }

    private static DateTimeOffset StartOf(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
}
