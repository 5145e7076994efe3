using Dapper;

namespace Podcasto.Costs.Server.Storage;

/// <summary>A counter in the database, by which servers see whether what they hold in memory still stands.</summary>
internal sealed class LedgerCounter
{
    /// <summary>Counts the changes of what the catalog says of episodes; each changed entry carries the count.</summary>
    public static readonly LedgerCounter EpisodeRevision = new("episode_revision");

    /// <summary>Counts the repairs of what is kept per day.</summary>
    public static readonly LedgerCounter DayRepairs = new("day_repairs");

    private readonly string _name;

    private LedgerCounter(string name) => _name = name;

    /// <summary>The count, as an expression.</summary>
    public string Sql => $"coalesce((select value from ledger_state where name = '{_name}'), 0)";

    /// <summary>Counts one more; others who count wait until the transaction ends, so that counts are seen in their order.</summary>
    /// <returns>The new count.</returns>
    public Task<long> IncreaseAsync(LedgerTransaction transaction, CancellationToken cancellationToken)
    {
        const string Increase = """
            insert into ledger_state as s (name, value) values (@name, 1) on conflict (name) do update set value = s.value + 1 returning value
            """;
        var command = new CommandDefinition(Increase, new { name = _name }, transaction.Transaction, cancellationToken: cancellationToken);
        return transaction.Connection.QuerySingleAsync<long>(command);
    }
}
