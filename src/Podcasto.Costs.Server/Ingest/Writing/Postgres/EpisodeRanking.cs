using Dapper;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Ingest.Writing.Postgres;

/// <summary>
/// Gives episodes that a wide batch has left unranked their place in the order by cost: a few at a time beside ingestion, else as fast
/// as it goes. Until then the list sorts them as it reads, so nobody sees a difference but in time.
/// </summary>
internal sealed partial class EpisodeRanking(Database database, IngestQueue queue, Readiness readiness, ILogger<EpisodeRanking> log)
    : BackgroundService
{
    private const int BesideIngestion = 1_000;
    private const int AtRest = 5_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // In the order of the index, so that nothing is sorted: the unranked ones stand first in it, by their ids.
    private const string Rank = """
        update episode_costs set is_unranked = false
        where episode_id in (
          select episode_id from episode_costs where ranked_cost_usd is null
          order by ranked_cost_usd desc, episode_id limit @limit for update skip locked)
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database is not PostgresDatabase)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                while (readiness.IsReady && await RankAsync(stoppingToken) > 0 && queue.Depth == 0) { }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The database is away, most likely.
                Log.TryingAgain(log, exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<int> RankAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new { limit = queue.Depth == 0 ? AtRest : BesideIngestion };
        return await connection.ExecuteAsync(new CommandDefinition(Rank, parameters, cancellationToken: cancellationToken));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Episodes could not be ranked; trying again")]
        public static partial void TryingAgain(ILogger logger, Exception exception);
    }
}
