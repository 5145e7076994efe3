using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Dashboard.Filters;

/// <summary>A podcast to choose; without a title where only events know it.</summary>
internal sealed record PodcastTitle
{
    public Guid Id { get; init; }

    public string? Title { get; init; }
}

/// <summary>The podcasts that there are, by title.</summary>
internal sealed class PodcastTitles(Database database)
{
    // A select with more is of no use to anybody.
    private const int Most = 1_000;

    public async Task<IReadOnlyList<PodcastTitle>> ListAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            select s.id, p.title
            from (
              select id from podcasts
              union select podcast_id from podcast_months where podcast_id <> @none and event_count > 0
            ) s
            left join podcasts p on p.id = s.id
            order by case when p.title is null then 1 else 0 end, lower(p.title), s.id
            limit @most
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new { none = Guid.Empty, most = Most };
        return (await connection.QueryAsync<PodcastTitle>(new CommandDefinition(Sql, parameters, cancellationToken: cancellationToken))).AsList();
    }
}
