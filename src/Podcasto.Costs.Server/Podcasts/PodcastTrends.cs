using Dapper;
using Podcasto.Costs.Server.Dashboard.Filters;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Podcasts;

/// <summary>How the cost of each podcast ran over a span: a value a day, or a span of days where there are many.</summary>
internal sealed class PodcastTrends(IReadOnlyDictionary<Guid, decimal[]> values)
{
    /// <summary>US dollars; nothing for a podcast without events.</summary>
    public IReadOnlyList<decimal> this[Guid podcast] => values.GetValueOrDefault(podcast, []);
}

/// <summary>Reads the trends of all podcasts at once. They are as many rows as podcasts have days and services, so slow ones are kept.</summary>
internal sealed class PodcastTrendStore(Database database, SlowAnswers answers)
{
    // More than a small drawing can show.
    private const int MaxValues = 90;

    public Task<PodcastTrends> OfAsync(Period period, CancellationToken cancellationToken) =>
        answers.GetAsync((nameof(PodcastTrends), period.From, period.To), () => ReadAsync(period, cancellationToken));

    private async Task<PodcastTrends> ReadAsync(Period period, CancellationToken cancellationToken)
    {
        const string Sql = """
            select podcast_id, day, sum(cost_usd) as cost_usd
            from podcast_day_cells
            where day between @From and @To and podcast_id <> @none
            group by podcast_id, day
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new
        {
            period.From,
            period.To,
            none = Guid.Empty,
        };
        var count = Math.Min(period.Days, MaxValues);
        var values = new Dictionary<Guid, decimal[]>();
        foreach (var row in await connection.QueryAsync<Row>(new CommandDefinition(Sql, parameters, cancellationToken: cancellationToken)))
        {
            if (!values.TryGetValue(row.PodcastId, out var trend))
                values.Add(row.PodcastId, trend = new decimal[count]);
            trend[(row.Day.DayNumber - period.From.DayNumber) * count / period.Days] += row.CostUsd;
        }

        return new PodcastTrends(values);
    }

    private sealed record Row
    {
        public Guid PodcastId { get; init; }

        public DateOnly Day { get; init; }

        public decimal CostUsd { get; init; }
    }
}
