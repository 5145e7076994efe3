using System.Text.Json;
using Dapper;
using Podcasto.Costs.Client.Jobs;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>The table of jobs: a queue of what is to be done, and a record of what was.</summary>
internal sealed class JobStore(Database database, AuditStore audit, TimeProvider clock)
{
    private const string Columns = """
        id, kind, nullif(period, '') as period, state, nullif(stage, '') as stage, done, total, event_count as events, episode_count as episodes,
        total_cost_usd, difference_count as differences, error, created_at, started_at, finished_at,
        options ->> 'from' as "from", options ->> 'to' as "to", options ->> 'episode_id' as episode_id
        """;

    private readonly Lock _gate = new();
    private long _lastId;

    /// <summary>Adds a job.</summary>
    /// <param name="kind">One of <see cref="JobKinds"/>.</param>
    /// <param name="order">What is asked of it.</param>
    /// <param name="started">Whether the caller runs it at once, rather than the queue.</param>
    /// <param name="actor">Who asks for it, for the audit log; null for a schedule.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<JobView> AddAsync(string kind, JobOrder order, bool started, Actor? actor, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into jobs (id, kind, period, options, state, stage, done, total, attempts, created_at, started_at, beat_at)
            values (@id, @kind, @period, @options, @state, '', 0, 0, @attempts, @now, @startedAt, @startedAt)
            """;
        var now = Now;
        var id = NextId(now);
        var parameters = new DynamicParameters();
        parameters.Add("id", id);
        parameters.Add("kind", kind);
        parameters.Add("period", order.Period);
        parameters.Add("options", JsonSerializer.Serialize(order, WireJson.Options));
        parameters.Add("state", started ? JobStates.Running : JobStates.Queued);
        parameters.Add("attempts", started ? 1L : 0L);
        parameters.Add("now", now);
        parameters.Add("startedAt", started ? now : (DateTimeOffset?)null);
        var sql = Sql.Replace("@options", database.Cast("@options", NpgsqlTypes.NpgsqlDbType.Json), StringComparison.Ordinal);
        await using (var transaction = await database.BeginAsync(LedgerAccess.Shared, cancellationToken))
        {
            await transaction.Connection.ExecuteAsync(Command(transaction, sql, parameters, cancellationToken));
            if (actor is { } who)
            {
                var entry = new AuditEntry(who, AuditActions.StartJob, $"{kind} {order.Period}".TrimEnd(), new { id, order });
                await audit.AddAsync(transaction, [entry], cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        return (await FindAsync(id, cancellationToken))!;
    }

    public async Task<JobView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<JobView>(
            new CommandDefinition($"select {Columns} from jobs where id = @id", new { id }, cancellationToken: cancellationToken)
        );
    }

    /// <summary>Jobs, newest first.</summary>
    public async IAsyncEnumerable<JobView> ListAsync(string? kind, string? period, string? state, Guid? before, long limit)
    {
        var conditions = new Conditions();
        conditions.AddIf(kind is not null, "kind = @kind");
        conditions.AddIf(period is not null, "period = @period");
        conditions.AddIf(state is not null, "state = @state");
        conditions.AddIf(before is not null, "id < @before");
        var parameters = new
        {
            kind,
            period,
            state,
            before,
            limit,
        };
        await using var connection = await database.OpenAsync(CancellationToken.None);
        var sql = $"select {Columns} from jobs {conditions.Where} order by id desc limit @limit";
        await foreach (var job in connection.QueryUnbufferedAsync<JobView>(sql, parameters))
            yield return job;
    }

    /// <summary>Whether a job of this kind and period waits or runs.</summary>
    public async Task<JobView?> FindUnfinishedAsync(string kind, string period, CancellationToken cancellationToken)
    {
        var sql = $"select {Columns} from jobs where kind = @kind and period = @period and state in ('queued', 'running') order by id limit 1";
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<JobView>(
            new CommandDefinition(sql, new { kind, period }, cancellationToken: cancellationToken)
        );
    }

    /// <summary>When each period of a kind was last run with success: the start of that run.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> SuccessesAsync(string kind, CancellationToken cancellationToken)
    {
        const string Sql = "select period, max(started_at) as at from jobs where kind = @kind and state = 'succeeded' group by period";
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Period, DateTimeOffset At)>(
            new CommandDefinition(Sql, new { kind }, cancellationToken: cancellationToken)
        );
        return rows.ToDictionary(row => row.Period, row => row.At, StringComparer.Ordinal);
    }

    /// <summary>Takes the oldest job of the queue, and makes it the caller's; null where none waits.</summary>
    public async Task<(JobView Job, JobOrder Order)?> TakeAsync(CancellationToken cancellationToken)
    {
        const string Oldest = "select id, options from jobs where state = 'queued' order by id limit 1";
        const string Start = """
            update jobs set state = 'running', attempts = attempts + 1, started_at = @now, beat_at = @now, stage = '', done = 0, total = 0
            where id = @id and state = 'queued'
            """;
        await using var transaction = await database.BeginAsync(LedgerAccess.Shared, cancellationToken);
        var oldest = await transaction.Connection.QueryFirstOrDefaultAsync<Queued>(Command(transaction, Oldest, null, cancellationToken));
        if (oldest is null)
            return null;
        var parameters = new { id = oldest.Id, now = Now };
        if (await transaction.Connection.ExecuteAsync(Command(transaction, Start, parameters, cancellationToken)) == 0)
            return null;
        await transaction.CommitAsync(cancellationToken);
        return ((await FindAsync(oldest.Id, cancellationToken))!, JsonSerializer.Deserialize<JobOrder>(oldest.Options, WireJson.Options)!);
    }

    /// <summary>Says that a job is alive, and how far it is.</summary>
    public Task BeatAsync(Guid id, JobProgress progress, CancellationToken cancellationToken) =>
        WriteAsync(
            "update jobs set stage = @Stage, done = @Done, total = @Total, beat_at = @now where id = @id and state = 'running'",
            new
            {
                id,
                progress.Stage,
                progress.Done,
                progress.Total,
                now = Now,
            },
            cancellationToken
        );

    public Task SucceedAsync(Guid id, JobOutcome outcome, JobProgress progress, CancellationToken cancellationToken) =>
        WriteAsync(
            """
            update jobs set state = 'succeeded', stage = '', done = @Total, total = @Total, event_count = @Events, episode_count = @Episodes,
              total_cost_usd = @TotalCostUsd, difference_count = @Differences, error = null, finished_at = @now
            where id = @id
            """,
            new
            {
                id,
                progress.Total,
                outcome.Events,
                outcome.Episodes,
                outcome.TotalCostUsd,
                outcome.Differences,
                now = Now,
            },
            cancellationToken
        );

    public Task FailAsync(Guid id, string error, CancellationToken cancellationToken) =>
        WriteAsync(
            "update jobs set state = 'failed', error = @error, finished_at = @now where id = @id",
            new
            {
                id,
                error,
                now = Now,
            },
            cancellationToken
        );

    /// <summary>Puts a job back into the queue: its server stops before it is done.</summary>
    public Task ReturnAsync(Guid id, CancellationToken cancellationToken) =>
        WriteAsync("update jobs set state = 'queued' where id = @id and state = 'running'", new { id }, cancellationToken);

    /// <summary>Puts back the jobs that have not been heard of since an instant; gives up those that ended so again and again.</summary>
    public async Task ReturnLostAsync(DateTimeOffset silentSince, int maxAttempts, CancellationToken cancellationToken)
    {
        const string Lost = "select id, attempts from jobs where state = 'running' and beat_at < @silentSince";
        await using var connection = await database.OpenAsync(cancellationToken);
        var command = new CommandDefinition(Lost, new { silentSince }, cancellationToken: cancellationToken);
        foreach (var (id, attempts) in (await connection.QueryAsync<(Guid Id, long Attempts)>(command)).AsList())
        {
            if (attempts < maxAttempts)
                await ReturnAsync(id, cancellationToken);
            else
                await FailAsync(id, $"The server ended {attempts} times while this ran.", cancellationToken);
        }
    }

    // A millisecond each: the queue is worked, and the list is shown, in the order of ids.
    private Guid NextId(DateTimeOffset now)
    {
        lock (_gate)
        {
            _lastId = Math.Max(now.ToUnixTimeMilliseconds(), _lastId + 1);
            return Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(_lastId));
        }
    }

    // Microseconds are what both engines keep.
    private DateTimeOffset Now
    {
        get
        {
            var now = clock.GetUtcNow();
            return new DateTimeOffset(now.Ticks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        }
    }

    private async Task WriteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(LedgerAccess.Shared, cancellationToken);
        await transaction.Connection.ExecuteAsync(Command(transaction, sql, parameters, cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private static CommandDefinition Command(LedgerTransaction transaction, string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, transaction.Transaction, cancellationToken: cancellationToken);

    private sealed record Queued
    {
        public Guid Id { get; init; }

        public string Options { get; init; } = "";
    }
}
