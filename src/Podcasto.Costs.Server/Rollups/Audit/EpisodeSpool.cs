using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>
/// What the events of each day cost their episodes, put aside in a temporary table while days are compared, then read by episode: so that events
/// are read once, and memory stays flat however many episodes there are. Safe for several to add at once.
/// </summary>
internal sealed class EpisodeSpool : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private EpisodeSpool(DbConnection connection) => _connection = connection;

    public static async Task<EpisodeSpool> CreateAsync(Database database, CancellationToken cancellationToken)
    {
        var spool = new EpisodeSpool(await database.OpenAsync(cancellationToken));
        try
        {
            var (id, bytes) = spool._connection is SqliteConnection ? ("text", "blob") : ("uuid", "bytea");
            await spool.ExecuteAsync("drop table if exists spooled_episodes");
            await spool.ExecuteAsync($"create temporary table spooled_episodes (episode_id {id} not null, sums {bytes} not null)");
            return spool;
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    public async Task AddAsync(IEnumerable<EpisodeCost> costs, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_connection is NpgsqlConnection postgres)
                await CopyAsync(postgres, costs, cancellationToken);
            else
                Insert((SqliteConnection)_connection, costs);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>How many episodes there are.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        _connection.ExecuteScalarAsync<long>(Command("select count(distinct episode_id) from spooled_episodes", cancellationToken));

    /// <summary>Each episode once, by id, with what all days together cost.</summary>
    public async IAsyncEnumerable<EpisodeCost> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asText = _connection is SqliteConnection;
        EpisodeCost? episode = null;
        var command = Command("select episode_id, sums from spooled_episodes order by episode_id", cancellationToken);
        await using var reader = await _connection.ExecuteReaderAsync(command);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = asText ? Guid.Parse(reader.GetString(0)) : reader.GetGuid(0);
            var day = EpisodeCost.Of(id, (byte[])reader.GetValue(1));
            if (episode?.EpisodeId == id)
            {
                episode.Add(day);
                continue;
            }

            if (episode is not null)
                yield return episode;
            episode = day;
        }

        if (episode is not null)
            yield return episode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // A connection of SQLite's pool keeps its temporary tables; one of PostgreSQL's that broke has lost them already.
            if (_connection is SqliteConnection)
                await ExecuteAsync("drop table if exists spooled_episodes");
        }
        finally
        {
            await _connection.DisposeAsync();
            _turn.Dispose();
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IEnumerable<EpisodeCost> costs, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy spooled_episodes (episode_id, sums) from stdin (format binary)",
            cancellationToken
        );
        foreach (var cost in costs)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(cost.EpisodeId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(cost.ToBytes(), NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static void Insert(SqliteConnection connection, IEnumerable<EpisodeCost> costs)
    {
        // Deferred, so that writing to a temporary table takes no lock of the ledger.
        using var transaction = connection.BeginTransaction(deferred: true);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "insert into spooled_episodes (episode_id, sums) values (@id, @sums)";
        var id = command.Parameters.Add("@id", SqliteType.Text);
        var sums = command.Parameters.Add("@sums", SqliteType.Blob);
        foreach (var cost in costs)
        {
            (id.Value, sums.Value) = (SqliteText.Of(cost.EpisodeId), cost.ToBytes());
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private Task<int> ExecuteAsync(string sql) => _connection.ExecuteAsync(sql);

    private static CommandDefinition Command(string sql, CancellationToken cancellationToken) =>
        new(sql, commandTimeout: 0, cancellationToken: cancellationToken);
}
