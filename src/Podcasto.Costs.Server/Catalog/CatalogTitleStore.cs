using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Catalog;

/// <summary>What things are called, for pages that show some of them.</summary>
internal sealed class CatalogTitleStore(Database database)
{
    /// <summary>The titles that the catalog knows of some ids.</summary>
    public async Task<CatalogTitles> OfAsync(IEnumerable<Guid> podcasts, IEnumerable<Guid> episodes, CancellationToken cancellationToken)
    {
        var (podcastIds, episodeIds) = (podcasts.Distinct().ToList(), episodes.Distinct().ToList());
        if (podcastIds.Count == 0 && episodeIds.Count == 0)
            return new CatalogTitles(new Dictionary<Guid, string>());
        var sql = $"""
            select id, title from podcasts where {database.IsAnyOf("id", "@podcasts")}
            union all select id, title from episodes where {database.IsAnyOf("id", "@episodes")}
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new { podcasts = database.List(podcastIds), episodes = database.List(episodeIds) };
        var rows = await connection.QueryAsync<(Guid Id, string Title)>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        var titles = new Dictionary<Guid, string>();
        // A podcast and an episode of one id would be a client's mistake; neither is worth an error.
        foreach (var (id, title) in rows)
            titles[id] = title;
        return new CatalogTitles(titles);
    }
}
