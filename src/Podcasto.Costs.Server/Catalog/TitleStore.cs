using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Catalog;

/// <summary>Tells what podcasts and episodes were called at an instant.</summary>
internal sealed class TitleStore(Database database)
{
    private const int MaxAtOnce = 5_000;

    /// <summary>The titles of podcasts with their history; those that the catalog does not know have none.</summary>
    public Task<Titles> OfPodcastsAsync(IEnumerable<Guid> podcasts, CancellationToken cancellationToken) =>
        ReadAsync(TitleTable.Podcasts, podcasts, cancellationToken);

    /// <summary>The titles of episodes with their history; those that the catalog does not know have none.</summary>
    public Task<Titles> OfEpisodesAsync(IEnumerable<Guid> episodes, CancellationToken cancellationToken) =>
        ReadAsync(TitleTable.Episodes, episodes, cancellationToken);

    private async Task<Titles> ReadAsync(TitleTable table, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var sql = $"""
            select {table.Key} as id, valid_from, title
            from {table.Name} where {database.IsAnyOf(table.Key, "@ids")} order by {table.Key}, valid_from
            """;
        var found = new List<DatedTitle>();
        await using var connection = await database.OpenAsync(cancellationToken);
        foreach (var some in ids.Distinct().Chunk(MaxAtOnce))
        {
            var parameters = new { ids = database.List(some) };
            found.AddRange(await connection.QueryAsync<DatedTitle>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)));
        }

        return new Titles(found);
    }
}
