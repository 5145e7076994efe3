using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Episodes;

/// <summary>What is known of an episode besides its costs.</summary>
internal sealed record EpisodeFacts
{
    public string? Title { get; init; }

    public Guid? PodcastId { get; init; }

    public string? PodcastTitle { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public decimal? DurationSeconds { get; init; }

    /// <summary>The UTC day of its first event, archived or not; null without events.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>How many of its events nothing priced.</summary>
    public long UnpricedCount { get; init; }
}

/// <summary>Reads what the catalog and the rollups know of one episode.</summary>
internal sealed class EpisodeFactsStore(Database database)
{
    /// <summary>Null where neither the catalog nor an event knows the episode.</summary>
    public async Task<EpisodeFacts?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        const string Sql = """
            select e.title, coalesce(c.podcast_id, e.podcast_id) as podcast_id, p.title as podcast_title, e.published_at, e.duration_seconds,
              d.first_day, coalesce(d.unpriced_count, 0) as unpriced_count
            from (select id as episode_id from episodes where id = @id union select episode_id from episode_costs where episode_id = @id) s
            left join episodes e on e.id = s.episode_id
            left join episode_costs c on c.episode_id = s.episode_id
            left join podcasts p on p.id = coalesce(c.podcast_id, e.podcast_id)
            left join (
              select episode_id, min(day) as first_day, cast(sum(unpriced_count) as bigint) as unpriced_count
              from episode_days where episode_id = @id and event_count > 0 group by episode_id
            ) d on d.episode_id = s.episode_id
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<EpisodeFacts>(new CommandDefinition(Sql, new { id }, cancellationToken: cancellationToken));
    }
}
