using System.Runtime.CompilerServices;
using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>Cuts the episodes into parts. Their ranges touch, so that they cover also rows whose episode has no event.</summary>
internal static class EpisodeParts
{
    // What is summed up already is written in some ten milliseconds; what is read again are some ten thousand events.
    private const int SummedInPart = 1_000;
    private const int ReadInPart = 500;

    /// <summary>Of episodes that are summed up.</summary>
    public static async IAsyncEnumerable<EpisodePart> OfAsync(EpisodeSpool spool, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = EpisodeRange.Lowest;
        var sums = new List<EpisodeCost>(SummedInPart);
        await foreach (var cost in spool.ReadAsync(cancellationToken))
        {
            sums.Add(cost);
            if (sums.Count < SummedInPart || cost.EpisodeId == EpisodeRange.Highest)
                continue;
            yield return new EpisodePart(new EpisodeRange(first, cost.EpisodeId), sums);
            first = EpisodeRange.After(cost.EpisodeId);
            sums = new List<EpisodeCost>(SummedInPart);
        }

        yield return new EpisodePart(new EpisodeRange(first, EpisodeRange.Highest), sums);
    }

    /// <summary>How many parts <see cref="OfAsync(EpisodeSpool, CancellationToken)"/> gives.</summary>
    public static async Task<long> CountAsync(EpisodeSpool spool, CancellationToken cancellationToken) =>
        await spool.CountAsync(cancellationToken) / SummedInPart + 1;

    /// <summary>Of all episodes, to be read.</summary>
    public static async IAsyncEnumerable<EpisodePart> OfAsync(
        Database database,
        ArchivedEpisodes archived,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var first = EpisodeRange.Lowest;
        while (true)
        {
            var from = first;
            var ids = await MovedFiles.RetryAsync(() => NextAsync(database, archived, from, cancellationToken), cancellationToken);
            var last = ids.Count < ReadInPart ? EpisodeRange.Highest : ids[^1];
            yield return new EpisodePart(new EpisodeRange(first, last), null);
            if (last == EpisodeRange.Highest)
                yield break;
            first = EpisodeRange.After(last);
        }
    }

    /// <summary>About how many parts that gives: new episodes and lost ones make it a guess.</summary>
    public static async Task<long> CountAsync(Database database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var command = new CommandDefinition("select count(*) from episode_costs", cancellationToken: cancellationToken);
        return await connection.ExecuteScalarAsync<long>(command) / ReadInPart + 1;
    }

    private static async Task<List<Guid>> NextAsync(Database database, ArchivedEpisodes archived, Guid first, CancellationToken cancellationToken)
    {
        await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
        const string Sql = "select distinct episode_id from cost_tracking_events where episode_id >= @first order by episode_id limit @limit";
        var parameters = new { first, limit = ReadInPart };
        var command = new CommandDefinition(Sql, parameters, snapshot.Transaction, commandTimeout: 0, cancellationToken: cancellationToken);
        var live = await snapshot.Connection.QueryAsync<Guid>(command);
        return [.. live.Concat(await archived.NextAsync(snapshot, first, ReadInPart, cancellationToken)).Distinct().Order().Take(ReadInPart)];
    }
}
