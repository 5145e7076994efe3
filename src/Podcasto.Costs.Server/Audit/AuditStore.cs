using System.Text.Json;
using Dapper;
using Podcasto.Costs.Client.Audit;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Audit;

/// <summary>Which entries a list holds; null does not filter.</summary>
/// <param name="Actor">Who, exactly.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="From">The first instant, inclusive.</param>
/// <param name="To">The last instant, exclusive.</param>
internal sealed record AuditFilter(string? Actor = null, string? Action = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>The audit log. Entries are only ever added, in the transaction of what they tell of.</summary>
internal sealed class AuditStore(Database database, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long _lastId;

    /// <summary>Records changes; they stand or fall with the transaction.</summary>
    public async Task AddAsync(LedgerTransaction transaction, IEnumerable<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var sql = $"""
            insert into audit_log (id, at, actor, action, subject, detail)
            values (@id, @at, @actor, @action, @subject, {database.Cast("@detail", NpgsqlTypes.NpgsqlDbType.Json)})
            """;
        var now = clock.GetUtcNow();
        var at = new DateTimeOffset(now.Ticks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        foreach (var entry in entries)
        {
            var row = new
            {
                id = NextId(at),
                at,
                actor = entry.Actor.Name,
                action = entry.Action,
                subject = entry.Subject,
                detail = entry.Detail is null ? null : JsonSerializer.Serialize(entry.Detail, WireJson.Options),
            };
            await transaction.Connection.ExecuteAsync(new CommandDefinition(sql, row, transaction.Transaction, cancellationToken: cancellationToken));
        }
    }

    /// <summary>Records what changes nothing else in the database.</summary>
    public async Task AddAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(LedgerAccess.Shared, cancellationToken);
        await AddAsync(transaction, [entry], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Entries, newest first.</summary>
    public async IAsyncEnumerable<AuditEntryView> ListAsync(AuditFilter filter, Guid? before, long limit)
    {
        var conditions = new Conditions();
        conditions.AddIf(filter.Actor is not null, "actor = @Actor");
        conditions.AddIf(filter.Action is not null, "action = @Action");
        conditions.AddIf(filter.From is not null, "at >= @From");
        conditions.AddIf(filter.To is not null, "at < @To");
        conditions.AddIf(before is not null, "id < @before");
        var parameters = new
        {
            filter.Actor,
            filter.Action,
            filter.From,
            filter.To,
            before,
            limit,
        };
        var sql = $"select id, at, actor, action, subject, detail from audit_log {conditions.Where} order by id desc limit @limit";
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await foreach (var row in connection.QueryUnbufferedAsync<Row>(sql, parameters))
            yield return row.ToView();
    }

    /// <summary>Everybody who is named in the log.</summary>
    public async Task<IReadOnlyList<string>> ActorsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var command = new CommandDefinition("select distinct actor from audit_log order by actor limit 200", cancellationToken: cancellationToken);
        return (await connection.QueryAsync<string>(command)).AsList();
    }

    // A millisecond each: the list is in the order of ids, and one request may make several entries.
    private Guid NextId(DateTimeOffset at)
    {
        lock (_gate)
        {
            _lastId = Math.Max(at.ToUnixTimeMilliseconds(), _lastId + 1);
            return Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(_lastId));
        }
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public DateTimeOffset At { get; init; }

        public string Actor { get; init; } = "";

        public string Action { get; init; } = "";

        public string Subject { get; init; } = "";

        public string? Detail { get; init; }

        public AuditEntryView ToView() =>
            new()
            {
                Id = Id,
                At = At,
                Actor = Actor,
                Action = Action,
                Subject = Subject,
                Detail = Detail is null ? null : JsonElement.Parse(Detail),
            };
    }
}
