using System.Data.Common;

namespace Podcasto.Costs.Server.Storage;

/// <summary>A write transaction: rolled back unless committed.</summary>
internal sealed class LedgerTransaction(DbConnection connection, DbTransaction transaction, IDisposable? turn) : IAsyncDisposable
{
    public DbConnection Connection { get; } = connection;

    public DbTransaction Transaction { get; } = transaction;

    /// <summary>Whether the connection outlives the transaction.</summary>
    public bool KeepsConnection { get; init; }

    public Task CommitAsync(CancellationToken cancellationToken) => Transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Transaction.DisposeAsync();
            if (!KeepsConnection)
                await Connection.DisposeAsync();
        }
        finally
        {
            turn?.Dispose();
        }
    }
}
