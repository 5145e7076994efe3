using Dapper;
using Podcasto.Costs.Core.Events;
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
            var (version, archived) = connection.QuerySingle<(long, long)>(OpenLedger.ReadState, transaction: transaction.Transaction);
            var podcasts = connection.Query<(Guid Id, Guid PodcastId)>(
                $"select id, podcast_id from episodes where {database.IsAnyOf("id", "@ids")}",
                new { ids = database.List(episodes) },
                transaction.Transaction
            );
            return new OpenLedger(transaction, version, archived, podcasts.ToDictionary(row => row.Id, row => row.PodcastId));
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public override Task<bool[]> InsertAsync(LedgerTransaction transaction, IReadOnlyList<PricedEvent> events, DateTimeOffset at, bool knownToRepeat)
    {
        var statement = database.Statement(transaction, Statement);
        var inserted = new bool[events.Count];
        for (var index = 0; index < inserted.Length; index++)
        {
            Bind(statement, events[index], at);
            inserted[index] = statement.Run() == 1;
        }

        return Task.FromResult(inserted);
    }

    private static void Bind(SqliteStatement statement, PricedEvent priced, DateTimeOffset storedAt)
    {
        var costEvent = priced.Event;
        statement.Bind(costEvent.Id);
        statement.BindOptional(costEvent.EpisodeId);
        statement.BindOptional(costEvent.PodcastId);
        statement.BindOptional(costEvent.UserId);
        statement.BindOptional(priced.PriceId);
        statement.Bind(costEvent.Timestamp);
        statement.Bind(storedAt);
        statement.Bind(costEvent.Type.Name());
        statement.Bind(costEvent.Service);
        statement.Bind(costEvent.Unit);
        statement.Bind(priced.PricedBy.Name());
        statement.Bind(costEvent.Quantity);
        statement.Bind(priced.UnitCostUsd);
        statement.Bind(priced.TotalCostUsd);
        statement.BindOptional(costEvent.Model);
        statement.BindOptional(costEvent.Region);
        statement.BindOptional(costEvent.Usage.Tokens);
        statement.BindOptional(costEvent.Usage.DurationSeconds);
        statement.BindOptional(costEvent.Usage.FileSizeMb);
        if (costEvent.Metadata.IsEmpty)
            statement.BindNull();
        else
            statement.BindText(costEvent.Metadata.Span);
    }
}
