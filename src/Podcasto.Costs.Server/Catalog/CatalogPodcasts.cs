using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Catalog;

/// <summary>The catalog's podcasts of episodes.</summary>
internal static class CatalogPodcasts
{
    private const int MaxAtOnce = 10_000;

    /// <summary>Looks them up; episodes that the catalog does not know are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Guid>> OfAsync(
        Database database,
        LedgerTransaction transaction,
        IEnumerable<Guid> episodes,
        CancellationToken cancellationToken
    )
    {
        var sql = $"select id, podcast_id from episodes where {database.IsAnyOf("id", "@ids")}";
        var podcasts = new Dictionary<Guid, Guid>();
        foreach (var ids in episodes.Distinct().Chunk(MaxAtOnce))
        {
            var parameters = new { ids = database.List(ids) };
            var command = new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: cancellationToken);
            foreach (var (id, podcast) in await transaction.Connection.QueryAsync<(Guid, Guid)>(command))
                podcasts[id] = podcast;
        }

        return podcasts;
    }

    /// <summary>The episodes of a podcast.</summary>
    public static async Task<IReadOnlyList<Guid>> EpisodesOfAsync(LedgerTransaction transaction, Guid podcast, CancellationToken cancellationToken)
    {
        const string Sql = "select id from episodes where podcast_id = @podcast";
        var command = new CommandDefinition(Sql, new { podcast }, transaction.Transaction, cancellationToken: cancellationToken);
        return (await transaction.Connection.QueryAsync<Guid>(command)).AsList();
    }
}
