using Dapper;
using Podcasto.Costs.Server.Rollups.Index;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Podcasts;

/// <summary>What a podcast is called, and when it last had an event.</summary>
internal sealed record PodcastFacts
{
    public string? Title { get; init; }

    /// <summary>The UTC day of its latest event; null without events.</summary>
    public DateOnly? LatestDay { get; init; }

    /// <summary>Zero where neither the catalog nor the rollups name it.</summary>
    public long Mentions { get; init; }
}

/// <summary>What an episode of a podcast has cost in its life, with the moment it stands at.</summary>
public sealed record PodcastEpisode
{
    /// <summary>The episode.</summary>
    public Guid EpisodeId { get; init; }

    /// <summary>Its title; null while the catalog knows none.</summary>
    public string? Title { get; init; }

    /// <summary>When it was published, else the moment of its latest event; UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>US dollars.</summary>
    public decimal TotalCostUsd { get; init; }
}

/// <summary>Reads what the page of one podcast shows beyond its days.</summary>
internal sealed class PodcastPageStore(Database database, EpisodeIndex index, SlowAnswers answers)
{
    /// <summary>More than a chart can tell apart; the latest are shown.</summary>
    public const int MaxEpisodes = 400;

    /// <summary>Null where neither the catalog nor an event knows the podcast.</summary>
    public async Task<PodcastFacts?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        const string Sql = """
            select
              (select title from podcasts where id = @id) as title,
              (select max(day) from podcast_day_cells where podcast_id = @id and event_count > 0) as latest_day,
              (select count(*) from podcasts where id = @id)
                + (select count(*) from podcast_months where podcast_id = @id and event_count > 0)
                + (select count(*) from (select 1 as one from episodes where podcast_id = @id limit 1) e) as mentions
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        var facts = await connection.QuerySingleAsync<PodcastFacts>(new CommandDefinition(Sql, new { id }, cancellationToken: cancellationToken));
        return facts.Mentions > 0 ? facts : null;
    }

    /// <summary>The episodes that had an event of the podcast in a span of days, in the order of time; the latest of many.</summary>
    public async Task<IReadOnlyList<PodcastEpisode>> EpisodesAsync(Guid podcast, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        if (await index.ReadAsync(null, from, to, span => span.LatestOf(podcast, MaxEpisodes), cancellationToken) is { } found)
            return await ReadAsync(
                database.IsAnyOf("c.episode_id", "@ids"),
                new { ids = database.List(found.Latest.Concat(found.Unpublished)), most = MaxEpisodes },
                cancellationToken
            );
        const string OfDays = """
            c.episode_id in (
              select episode_id from episode_days where day between @from and @to and podcast_id = @podcast and event_count > 0)
            """;
        var parameters = new
        {
            podcast,
            from,
            to,
            most = MaxEpisodes,
        };
        return await answers.GetAsync((nameof(PodcastEpisode), podcast, from, to), () => ReadAsync(OfDays, parameters, cancellationToken));
    }

    private async Task<IReadOnlyList<PodcastEpisode>> ReadAsync(string condition, object parameters, CancellationToken cancellationToken)
    {
        var sql = $"""
            select c.episode_id, e.title, coalesce(e.published_at, c.last_event_at) as at, c.total_cost_usd
            from episode_costs c
            left join episodes e on e.id = c.episode_id
            where {condition}
            order by coalesce(e.published_at, c.last_event_at) desc, c.episode_id
            limit @most
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<PodcastEpisode>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return [.. rows.Reverse()];
    }
}
