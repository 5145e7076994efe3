using System.Runtime.CompilerServices;
using System.Text;
using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive;
using Podcasto.Costs.Server.Rollups.Audit;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Explorer;

/// <summary>Groups costs by any dimensions, from the smallest rollup that holds them; only groups of episodes by something else than podcasts read events.</summary>
internal sealed class ExplorerStore(Database database, ArchivedCells archived, CategoryRules categories)
{
    private static readonly Source DayCells = new("day_cells s", "s.day", "s.cost_usd", "s.event_count", []);
    private static readonly Source PodcastDayCells = new("podcast_day_cells s", "s.day", "s.cost_usd", "s.event_count", [Dimension.Podcast]);
    private static readonly Source EpisodeDays = new(
        "episode_days s",
        "s.day",
        "s.cost_usd",
        "s.event_count",
        [Dimension.Podcast, Dimension.Episode]
    );

    public async IAsyncEnumerable<ExplorerCell> QueryAsync(ExplorerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var source = SourceOf(query);
        await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
        var cells = ReadAsync(snapshot, query, source, cancellationToken);
        if (!source.IsRollup && await ArchiveIndex.ReadableAsync(snapshot, query.From, query.To, cancellationToken) is { Count: > 0 } files)
            cells = archived.AddToAsync(cells, snapshot, files, query, cancellationToken);
        await foreach (var cell in cells.WithCancellation(cancellationToken))
            yield return cell;
    }

    /// <summary>Whether no rollup holds what is asked, so that every event of its days is read.</summary>
    public bool ReadsEvents(ExplorerQuery query) => !SourceOf(query).IsRollup;

    /// <summary>At least so many cells have the groups of episodes by day or month, without a filter: what is too many need not be read to find out.</summary>
    public async Task<long> EpisodeCountAsync(ExplorerQuery query, CancellationToken cancellationToken)
    {
        var sql =
            query.Granularity == "day"
                ? "select cast(sum(total_episodes_processed) as bigint) from daily_cost_summary where date between @from and @to"
                : $"""
                    select cast(sum(total_episodes) as bigint) from month_totals
                    where month >= @from and {database.LastDayOf("month")} <= @to
                    """;
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new { from = query.From ?? DateOnly.MinValue, to = query.To ?? DateOnly.MaxValue };
        return await connection.ExecuteScalarAsync<long?>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)) ?? 0;
    }

    private async IAsyncEnumerable<ExplorerCell> ReadAsync(
        LedgerTransaction snapshot,
        ExplorerQuery query,
        Source source,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var parameters = new DynamicParameters();
        var sql = Build(query, source, parameters);
        var command = new CommandDefinition(sql, parameters, snapshot.Transaction, commandTimeout: 0, cancellationToken: cancellationToken);
        await using var reader = await snapshot.Connection.ExecuteReaderAsync(command);
        while (await reader.ReadAsync(cancellationToken))
        {
            var dimensions = new string?[query.GroupBy.Count];
            for (var index = 0; index < dimensions.Length; index++)
                dimensions[index] = RowText.Of(reader.GetValue(index + 3));
            var period = reader.IsDBNull(0) ? null : reader.GetString(0);
            var cost = reader.GetValue(1) is string text ? SqliteText.ToDecimal(text) : reader.GetDecimal(1);
            yield return new ExplorerCell(period, dimensions, cost, reader.GetInt64(2));
        }
    }

    private string Build(ExplorerQuery query, Source source, DynamicParameters parameters)
    {
        var period = query.Granularity switch
        {
            "day" => database.TextOf(source.Day),
            "month" => database.MonthOf(source.Day),
            _ => null,
        };
        var sql = new StringBuilder("select ").Append(period ?? "null").Append(" as period, ");
        sql.Append("sum(").Append(source.Cost).Append(") as cost, cast(sum(").Append(source.Count).Append(") as bigint) as event_count");
        foreach (var dimension in query.GroupBy)
            sql.Append(", ").Append(Expression(dimension, source)).Append(" as ").Append(dimension);
        sql.Append(" from ").Append(source.Tables).Append(' ').Append(Where(query, source, parameters));

        // By position: the period, then the dimensions behind the two sums. Without either, one cell of everything.
        var groups = query.GroupBy.Select((_, index) => index + 4).ToList();
        if (period is not null)
            groups.Insert(0, 1);
        if (groups.Count > 0)
            sql.Append(" group by ").AppendJoin(", ", groups);
        sql.Append(" having cast(sum(").Append(source.Count).Append(") as bigint) > 0 order by ");
        if (period is not null)
            sql.Append("1, ");
        sql.Append(database.OrderByAmount($"sum({source.Cost})", descending: true));
        foreach (var dimension in query.GroupBy)
            sql.Append(", ").Append(Expression(dimension, source)).Append(" nulls last");
        return sql.ToString();
    }

    private string Where(ExplorerQuery query, Source source, DynamicParameters parameters)
    {
        var conditions = new Conditions();
        source.Between(query.From, query.To, conditions, parameters);
        foreach (var (dimension, value) in query.Filters)
        {
            conditions.Add($"{Filtered(dimension, source)} = @{dimension}");
            parameters.Add(dimension, value);
        }

        return conditions.Where;
    }

    private string Filtered(string dimension, Source source) =>
        dimension == Dimension.Category ? CategorySql.Of(categories, source.Column(Dimension.Service)) : source.Column(dimension);

    private string Expression(string dimension, Source source)
    {
        if (dimension == Dimension.Category)
            return CategorySql.Of(categories, source.Column(Dimension.Service));
        var column = source.Column(dimension);
        // Rollups hold the empty text and the zero UUID where events have none.
        return (source.IsRollup, dimension) switch
        {
            (true, Dimension.Model or Dimension.Region) => $"nullif({column}, '')",
            (true, Dimension.Podcast) => $"nullif({column}, '00000000-0000-0000-0000-000000000000')",
            _ => column,
        };
    }

    private Source SourceOf(ExplorerQuery query)
    {
        var used = Dimension.All.Where(query.Uses).ToList();
        if (!used.Contains(Dimension.Episode))
            return used.Contains(Dimension.Podcast) ? PodcastDayCells : DayCells;
        if (!used.All(EpisodeDays.Ids.Contains))
            return Source.Events(database);
        // Days of episodes hold the events of episodes only: they answer for one, and with the rest for all.
        return query.Filters.ContainsKey(Dimension.Episode) ? EpisodeDays : Source.EpisodesAndRest(database, used.Contains(Dimension.Podcast));
    }
}
