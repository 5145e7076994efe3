using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive;

/// <summary>The ids of archived events, which are taken for ever.</summary>
internal static class ArchivedIds
{
    /// <summary>Those of some ids that are archived.</summary>
    public static async Task<HashSet<Guid>> FindAsync(Database database, LedgerTransaction transaction, IEnumerable<Guid> ids)
    {
        var sql = $"select id from archived_event_ids where {database.IsAnyOf("id", "@ids")}";
        return [.. await transaction.Connection.QueryAsync<Guid>(sql, new { ids = database.List(ids) }, transaction.Transaction)];
    }
}
