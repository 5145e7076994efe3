using System.Data.Common;

namespace Podcasto.Costs.Server.Storage;

/// <summary>A write transaction: rolled back unless committed.</summary>
internal sealed class LedgerTransaction(DbConnection connection, DbTransaction transaction, IDisposable? turn) : IAsyncDisposable
{
    public DbConnection Connection { get; } = connection;

    public DbTransaction Transaction { get; } = transaction;

    public Task CommitAsync(CancellationToken cancellationToken) => Transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Transaction.DisposeAsync();
            await Connection.DisposeAsync();
        }
        finally
        {
            turn?.Dispose();
        }
    }
}
