using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Pricing;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Ingest.Writing;

/// <summary>One prepared statement, a row at a time: SQLite has no faster way.</summary>
internal sealed class SqliteEventTable(SqliteDatabase database) : EventTable
{
    private static readonly string Statement =
        $"insert into cost_tracking_events ({EventColumns.Names}) values ({string.Join(", ", Enumerable.Range(0, EventColumns.Count).Select(index => $"@p{index}"))}) on conflict do nothing";

    public override async Task<OpenLedger> OpenAsync(IReadOnlyCollection<Guid> episodes)
    {
        var transaction = await database.BeginAsync(LedgerAccess.Shared, CancellationToken.None);
        try
        {
            var connection = transaction.Connection;
            var version = connection.ExecuteScalar<long>(PriceBooks.ReadVersion, transaction: transaction.Transaction);
            var podcasts = connection.Query<(Guid Id, Guid PodcastId)>(
                $"select id, podcast_id from episodes where {database.IsAnyOf("id", "@ids")}",
                new { ids = database.List(episodes) },
                transaction.Transaction
            );
            return new OpenLedger(transaction, version, podcasts.ToDictionary(row => row.Id, row => row.PodcastId));
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public override Task<bool[]> InsertAsync(LedgerTransaction transaction, IReadOnlyList<PricedEvent> events, DateTimeOffset at, bool knownToRepeat)
    {
        using var command = ((SqliteConnection)transaction.Connection).CreateCommand();
        command.Transaction = (SqliteTransaction)transaction.Transaction;
        command.CommandText = Statement;
        for (var index = 0; index < EventColumns.Count; index++)
            command.Parameters.Add(new SqliteParameter($"@p{index}", SqliteType.Text));

        var inserted = new bool[events.Count];
        var storedAt = SqliteText.Of(at);
        for (var index = 0; index < inserted.Length; index++)
        {
            Bind(command.Parameters, events[index], storedAt);
            inserted[index] = command.ExecuteNonQuery() == 1;
        }

        return Task.FromResult(inserted);
    }

    private static void Bind(SqliteParameterCollection parameters, PricedEvent priced, string storedAt)
    {
        var costEvent = priced.Event;
        parameters[0].Value = SqliteText.Of(costEvent.Id);
        parameters[1].Value = Text(costEvent.EpisodeId);
        parameters[2].Value = Text(costEvent.PodcastId);
        parameters[3].Value = Text(costEvent.UserId);
        parameters[4].Value = Text(priced.PriceId);
        parameters[5].Value = SqliteText.Of(costEvent.Timestamp);
        parameters[6].Value = storedAt;
        parameters[7].Value = costEvent.Type.Name();
        parameters[8].Value = costEvent.Service;
        parameters[9].Value = costEvent.Unit;
        parameters[10].Value = priced.PricedBy.Name();
        parameters[11].Value = SqliteText.Of(costEvent.Quantity);
        parameters[12].Value = SqliteText.Of(priced.UnitCostUsd);
        parameters[13].Value = SqliteText.Of(priced.TotalCostUsd);
        parameters[14].Value = (object?)costEvent.Model ?? DBNull.Value;
        parameters[15].Value = (object?)costEvent.Region ?? DBNull.Value;
        parameters[16].Value = Text(costEvent.Usage.Tokens);
        parameters[17].Value = Text(costEvent.Usage.DurationSeconds);
        parameters[18].Value = Text(costEvent.Usage.FileSizeMb);
        parameters[19].Value = costEvent.Metadata.IsEmpty ? DBNull.Value : Encoding.UTF8.GetString(costEvent.Metadata.Span);
    }

    private static object Text(Guid? value) => value is { } id ? SqliteText.Of(id) : DBNull.Value;

    private static object Text(decimal? value) => value is { } amount ? SqliteText.Of(amount) : DBNull.Value;
}
