using System.Data.Common;
using Dapper;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Pricing;

/// <summary>The price book in memory. A writer compares its version with the database's in its own transaction, so it never rates by an old one.</summary>
internal sealed class PriceBooks(Database database)
{
    public const string ReadVersion = "select value from ledger_state where name = 'price_version'";

    private const string ReadPrices = """
        select id, service, region, model, unit, unit_cost_usd, unit_quantity, effective_from, effective_to
        from cost_pricing_config
        """;

    private volatile PriceBook _current = new(-1, []);

    /// <summary>The newest book that this server has read; may be out of date.</summary>
    public PriceBook Current => _current;

    /// <summary>The book of a version that the caller has just read inside a transaction that keeps prices still.</summary>
    public async Task<PriceBook> GetAsync(long version, LedgerTransaction transaction, CancellationToken cancellationToken) =>
        _current.Version == version ? _current : await ReadAsync(version, transaction.Connection, transaction.Transaction, cancellationToken);

    /// <summary>The book as it is now.</summary>
    public async Task<PriceBook> ReadCurrentAsync(CancellationToken cancellationToken)
    {
        await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
        var version = await snapshot.Connection.ExecuteScalarAsync<long>(
            new CommandDefinition(ReadVersion, transaction: snapshot.Transaction, cancellationToken: cancellationToken)
        );
        return await GetAsync(version, snapshot, cancellationToken);
    }

    private async Task<PriceBook> ReadAsync(long version, DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<PriceRow>(
            new CommandDefinition(ReadPrices, transaction: transaction, cancellationToken: cancellationToken)
        );
        var book = new PriceBook(version, rows.Select(row => row.ToPrice()));
        // Two readers may race; whoever holds the newer version wins, and a loser's book is still right for its own transaction.
        if (_current.Version < version)
            _current = book;
        return book;
    }

    private sealed record PriceRow
    {
        public Guid Id { get; init; }

        public string Service { get; init; } = "";

        public string? Region { get; init; }

        public string? Model { get; init; }

        public string Unit { get; init; } = "";

        public decimal UnitCostUsd { get; init; }

        public long UnitQuantity { get; init; }

        public DateTimeOffset EffectiveFrom { get; init; }

        public DateTimeOffset? EffectiveTo { get; init; }

        public Price ToPrice() => new(Id, Service, Region, Model, Unit, UnitCostUsd, UnitQuantity, EffectiveFrom, EffectiveTo);
    }
}
