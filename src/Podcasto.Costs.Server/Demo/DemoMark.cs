using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Demo;

/// <summary>What a database says of the demo in it: the last day of its ninety, and whether they are all there.</summary>
internal sealed class DemoMark(Database database)
{
    private const string LastDay = "demo_last_day";
    private const string Filled = "demo_filled";

    /// <summary>The last day of the demo that was begun here; null where none was.</summary>
    public async Task<DateOnly?> LastDayAsync(CancellationToken cancellationToken) =>
        await ReadAsync(LastDay, cancellationToken) is { } number ? DateOnly.FromDayNumber((int)number) : null;

    public async Task<bool> IsFilledAsync(CancellationToken cancellationToken) => await ReadAsync(Filled, cancellationToken) is not null;

    /// <summary>Whether there is any event, also archived ones: each has its day.</summary>
    public async Task<bool> HasEventsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var command = new CommandDefinition("select 1 from daily_cost_summary limit 1", cancellationToken: cancellationToken);
        return await connection.ExecuteScalarAsync<long?>(command) is not null;
    }

    public Task BeginAsync(DateOnly lastDay, CancellationToken cancellationToken) => WriteAsync(LastDay, lastDay.DayNumber, cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => WriteAsync(Filled, 1, cancellationToken);

    private async Task<long?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var command = new CommandDefinition("select value from ledger_state where name = @name", new { name }, cancellationToken: cancellationToken);
        return await connection.ExecuteScalarAsync<long?>(command);
    }

    private async Task WriteAsync(string name, long value, CancellationToken cancellationToken)
    {
        const string Sql = "insert into ledger_state (name, value) values (@name, @value) on conflict do nothing";
        await using var transaction = await database.BeginAsync(LedgerAccess.Shared, cancellationToken);
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(Sql, new { name, value }, transaction.Transaction, cancellationToken: cancellationToken)
        );
        await transaction.CommitAsync(cancellationToken);
    }
}
