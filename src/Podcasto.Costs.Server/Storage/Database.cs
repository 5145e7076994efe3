using System.Data.Common;
using NpgsqlTypes;

namespace Podcasto.Costs.Server.Storage;

/// <summary>One of the two engines. All SQL is shared; what differs between them is here and in the writers of batches.</summary>
internal abstract class Database
{
    /// <summary>The engine's name, for the log.</summary>
    public abstract string Name { get; }

    /// <summary>Where it lies, without credentials.</summary>
    public abstract string Place { get; }

    /// <summary>How many transactions can take in events side by side to good effect.</summary>
    public abstract int UsefulWriters { get; }

    /// <summary>Creates or upgrades the schema; safe when several servers start at once.</summary>
    public abstract void Migrate();

    /// <summary>Opens a connection for reading.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Starts a write transaction.</summary>
    public abstract Task<LedgerTransaction> BeginAsync(LedgerAccess access, CancellationToken cancellationToken);

    /// <summary>Starts a transaction whose reads all see one state of the database.</summary>
    /// <param name="cancellationToken">Stops waiting for a connection.</param>
    /// <param name="sumsUp">Whether it groups so many rows that more memory of the database is well spent on them.</param>
    public async Task<LedgerTransaction> BeginSnapshotAsync(CancellationToken cancellationToken, bool sumsUp = false)
    {
        var connection = await OpenAsync(cancellationToken);
        try
        {
            return new LedgerTransaction(connection, await BeginSnapshotAsync(connection, sumsUp, cancellationToken), null);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    protected abstract ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, bool sumsUp, CancellationToken cancellationToken);

    /// <summary>Whether the same work may succeed when it is tried again on a fresh connection.</summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>Whether an error is the database's (away, full, busy) rather than ours.</summary>
    public abstract bool IsUnavailable(Exception exception);

    /// <summary>Whether an error says that a unique key exists already.</summary>
    public abstract bool IsDuplicateKey(Exception exception);

    /// <summary>Whether an error says that two prices overlap.</summary>
    public abstract bool IsOverlap(Exception exception);

    /// <summary>The engine's version.</summary>
    public abstract string VersionQuery { get; }

    /// <summary>Bytes that the database takes up.</summary>
    public abstract string SizeQuery { get; }

    // Fragments of SQL. Names in them are ours, never a client's.

    /// <summary>The exact sum of two amounts.</summary>
    public abstract string Add(string left, string right);

    /// <summary>An amount of zero or more, taken away.</summary>
    public abstract string Negative(string expression);

    /// <summary>Whether the left amount is the greater one.</summary>
    public abstract string IsGreater(string left, string right);

    /// <summary>The later of two instants.</summary>
    public abstract string Later(string left, string right);

    /// <summary>An amount to be ordered or compared by its value.</summary>
    public abstract string Amount(string expression);

    /// <summary>An <c>order by</c> item for an amount that an index may serve.</summary>
    public abstract string OrderByAmount(string expression, bool descending);

    /// <summary>The average of the contract: half-even to 12 decimals.</summary>
    public abstract string Average(string total, string count);

    /// <summary><c>yyyy-MM</c> of a date.</summary>
    public abstract string MonthOf(string date);

    /// <summary><c>yyyy-MM-dd</c> of a date.</summary>
    public abstract string TextOf(string date);

    /// <summary>The last day of the month of a date.</summary>
    public abstract string LastDayOf(string date);

    /// <summary>The UTC day of an instant.</summary>
    public abstract string DayOf(string instant);

    /// <summary>Whether a text holds a part, in any case; see <see cref="PartOf"/>.</summary>
    public abstract string Contains(string text, string parameter);

    /// <summary>The value of the parameter of <see cref="Contains"/>.</summary>
    public abstract string PartOf(string part);

    /// <summary>Whether an expression is one of the values of a list parameter; see <see cref="List{T}"/>.</summary>
    public abstract string IsAnyOf(string expression, string parameter);

    /// <summary>What locks the rows that a query reads.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>A text as a value of a type.</summary>
    public abstract string Cast(string expression, NpgsqlDbType type);

    /// <summary>The value of a list parameter.</summary>
    public abstract object List<T>(IEnumerable<T> values)
        where T : notnull;
}
