using System.Globalization;
using Dapper;
using Podcasto.Costs.Client.Episodes;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Episodes;

/// <summary>Which episodes a list holds; null does not filter.</summary>
/// <param name="PodcastId">The effective podcast.</param>
/// <param name="From">First day of the latest event, inclusive.</param>
/// <param name="To">Its last day, inclusive.</param>
/// <param name="Search">A part of the title in any case, or what the id starts with.</param>
internal sealed record EpisodeFilter(Guid? PodcastId, DateOnly? From, DateOnly? To, string? Search = null);

internal sealed class EpisodeStore(Database database)
{
    private const string Select = $"{Columns} from episode_costs c {Titles}";

    private const string Columns = """
        select
          c.episode_id, c.podcast_id, e.title, p.title as podcast_title, e.published_at, e.duration_seconds,
          c.ai_text_cost_usd, c.ai_image_cost_usd, c.ai_tts_cost_usd, c.lambda_execution_cost_usd, c.s3_operations_cost_usd, c.s3_storage_cost_usd,
          c.email_cost_usd, c.sqs_cost_usd, c.other_cost_usd, c.total_cost_usd,
          c.total_tokens, c.total_emails_sent, c.total_s3_operations, c.storage_mb, c.lambda_duration_seconds,
          c.event_count, c.last_event_at, c.cost_calculated_at, c.last_updated, c.created_at
        """;

    private const string Titles = """
        left join episodes e on e.id = c.episode_id
        left join podcasts p on p.id = c.podcast_id
        """;

    /// <summary>Episodes in an order.</summary>
    /// <param name="filter">Which of them.</param>
    /// <param name="sort">The order.</param>
    /// <param name="after">The sort value and id of the last episode of the page before.</param>
    /// <param name="limit">Most rows.</param>
    /// <exception cref="FormatException"><paramref name="after"/> does not fit the order.</exception>
    public IAsyncEnumerable<EpisodeCostView> ListAsync(EpisodeFilter filter, EpisodeSort sort, IReadOnlyList<string?>? after, long limit)
    {
        var conditions = new Conditions();
        var parameters = new DynamicParameters();
        parameters.Add("limit", limit);
        if (filter.PodcastId is { } podcast)
        {
            conditions.Add("c.podcast_id = @podcast");
            parameters.Add("podcast", podcast);
        }

        if (filter.From is { } from)
        {
            conditions.Add("c.last_event_at >= @from");
            parameters.Add("from", new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero));
        }

        if (filter.To is { } to && to < DateOnly.MaxValue)
        {
            conditions.Add("c.last_event_at < @to");
            parameters.Add("to", new DateTimeOffset(to.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero));
        }

        if (filter.Search is { } search)
            conditions.Add(EpisodeSearch.Condition(database, search, parameters));
        if (after is not null)
            conditions.Add(After(sort, after, parameters));
        return QueryAsync(
            filter.Search is null && sort == EpisodeSort.Dearest && database is PostgresDatabase
                ? Dearest(conditions.Where)
                : $"{Select} {conditions.Where} order by {OrderBy(sort)} limit @limit",
            parameters
        );
    }

    // The ranked ones from the index in their order, the unranked ones sorted: there are few, unless a back-fill is under way.
    private static string Dearest(string where)
    {
        var and = where.Length == 0 ? "where" : $"{where} and";
        return $"""
            {Columns}
            from (
              (select c.*, c.ranked_cost_usd as rank from episode_costs c {and} c.ranked_cost_usd is not null order by c.ranked_cost_usd desc, c.episode_id limit @limit)
              union all
              (select c.*, c.total_cost_usd as rank from episode_costs c {and} c.ranked_cost_usd is null order by c.total_cost_usd desc, c.episode_id limit @limit)
            ) c
            {Titles}
            order by c.rank desc, c.episode_id limit @limit
            """;
    }

    public async Task<EpisodeCostView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<EpisodeCostView>(
            new CommandDefinition($"{Select} where c.episode_id = @id", new { id }, cancellationToken: cancellationToken)
        );
    }

    private async IAsyncEnumerable<EpisodeCostView> QueryAsync(string sql, DynamicParameters parameters)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await foreach (var row in connection.QueryUnbufferedAsync<EpisodeCostView>(sql, parameters, commandTimeout: 0))
            yield return row;
    }

    private string OrderBy(EpisodeSort sort)
    {
        var direction = sort.Descending ? " desc" : "";
        var column = sort.Kind == ColumnKind.Amount ? database.OrderByAmount(sort.Sql, sort.Descending) : sort.Sql + direction;
        var nullsLast = sort.IsNullable ? $"case when {sort.Sql} is null then 1 else 0 end, " : "";
        return $"{nullsLast}{column}, c.episode_id";
    }

    private string After(EpisodeSort sort, IReadOnlyList<string?> after, DynamicParameters parameters)
    {
        if (after is not [var value, { } idText] || !Ids.TryParse(idText, out var id) || (value is null && !sort.IsNullable))
            throw new FormatException("A cursor of another list.");
        parameters.Add("afterId", id);
        if (value is null)
            return $"({sort.Sql} is null and c.episode_id > @afterId)";
        parameters.Add("afterValue", Value(sort.Kind, value));
        var left = sort.Kind == ColumnKind.Amount ? database.Amount(sort.Sql) : sort.Sql;
        var orNull = sort.IsNullable ? $" or {sort.Sql} is null" : "";
        return $"({left} {(sort.Descending ? "<" : ">")} @afterValue or ({left} = @afterValue and c.episode_id > @afterId){orNull})";
    }

    private static object Value(ColumnKind kind, string text) =>
        kind switch
        {
            ColumnKind.Id => Guid.ParseExact(text, "D"),
            ColumnKind.Amount => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture),
            ColumnKind.Count => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture),
            ColumnKind.Instant => Rfc3339.TryParse(text, out var instant) ? instant : throw new FormatException("Not an instant."),
            _ => text,
        };
}
