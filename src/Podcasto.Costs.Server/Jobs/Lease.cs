using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Jobs;

/// <summary>The right to do what only one server at a time may do: a row that its holder renews, and that others take when it does not.</summary>
internal sealed class Lease(Database database, TimeProvider clock)
{
    /// <summary>How long it lasts without being renewed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly Guid _holder = Guid.NewGuid();

    /// <summary>Takes or renews it.</summary>
    /// <returns>Whether this process holds it for the next <see cref="Length"/>.</returns>
    public async Task<bool> TryTakeAsync(string name, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into leases as l (name, holder, expires_at) values (@name, @holder, @until)
            on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
            where l.holder = excluded.holder or l.expires_at < @now
            returning 1
            """;
        var now = clock.GetUtcNow();
        var parameters = new
        {
            name,
            holder = _holder,
            now,
            until = now + Length,
        };
        await using var transaction = await database.BeginAsync(LedgerAccess.Shared, cancellationToken);
        var taken = await transaction.Connection.QueryFirstOrDefaultAsync<long?>(
            new CommandDefinition(Sql, parameters, transaction.Transaction, cancellationToken: cancellationToken)
        );
        await transaction.CommitAsync(cancellationToken);
        return taken is not null;
    }

    /// <summary>Gives it back, so that others need not wait for its end.</summary>
    public async Task ReleaseAsync(string name, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(LedgerAccess.Shared, cancellationToken);
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(
                "delete from leases where name = @name and holder = @holder",
                new { name, holder = _holder },
                transaction.Transaction,
                cancellationToken: cancellationToken
            )
        );
        await transaction.CommitAsync(cancellationToken);
    }
}
