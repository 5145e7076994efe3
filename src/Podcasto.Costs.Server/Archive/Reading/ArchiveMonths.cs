using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Reading;

/// <summary>Which archived months matter to an episode: rollups stay, so they tell without a look into a file.</summary>
internal static class ArchiveMonths
{
    public static async Task<IReadOnlyList<ArchiveFile>> OfEpisodesAsync(
        Database database,
        LedgerTransaction transaction,
        IReadOnlyCollection<Guid> episodes,
        CancellationToken cancellationToken
    )
    {
        var files = await ArchiveIndex.ReadableAsync(transaction, null, null, cancellationToken);
        if (files.Count == 0)
            return files;
        var sql = $"select distinct day from episode_days where {database.IsAnyOf("episode_id", "@ids")}";
        var parameters = new { ids = database.List(episodes) };
        var command = new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: cancellationToken);
        var months = (await transaction.Connection.QueryAsync<DateOnly>(command)).Select(day => Month.Of(day).FirstDay).ToHashSet();
        return [.. files.Where(file => months.Contains(file.Month))];
    }
}
