using Dapper;
using Podcasto.Costs.Client.Pricing;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Pricing;

/// <summary>Which prices a list holds; null does not filter.</summary>
internal sealed record PriceFilter(string? Service, string? Region, string? Model, string? Unit, DateTimeOffset? At);

/// <summary>The price table.</summary>
internal sealed class PriceStore(Database database, AuditStore audit)
{
    private const string Select = """
        select id, service, region, model, unit, unit_cost_usd, unit_quantity, effective_from, effective_to, notes, created_at
        from cost_pricing_config
        """;

    public async Task<IReadOnlyList<PriceView>> ListAsync(PriceFilter filter, CancellationToken cancellationToken)
    {
        var conditions = new Conditions();
        conditions.AddIf(filter.Service is not null, "service = @Service");
        conditions.AddIf(filter.Region is not null, "region = @Region");
        conditions.AddIf(filter.Model is not null, "model = @Model");
        conditions.AddIf(filter.Unit is not null, "unit = @Unit");
        conditions.AddIf(filter.At is not null, "effective_from <= @At and (effective_to is null or effective_to > @At)");
        var sql = $"{Select} {conditions.Where} order by service, unit, coalesce(model, ''), coalesce(region, ''), effective_from, id";
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<PriceView>(new CommandDefinition(sql, filter, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<PriceView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<PriceView>(
            new CommandDefinition($"{Select} where id = @id", new { id }, cancellationToken: cancellationToken)
        );
    }

    /// <summary>Adds prices in order of their start, all or nothing; from the commit on, every server rates by them.</summary>
    /// <param name="added">The prices.</param>
    /// <param name="onlyIfEmpty">Whether to do nothing where there is any price.</param>
    /// <param name="actor">Who adds them, for the audit log.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The added and the stored price that overlap, and nothing was changed; null where all were added.</returns>
    public async Task<(Price Added, Price Stored)?> AddAsync(
        IReadOnlyList<NewPrice> added,
        bool onlyIfEmpty,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await database.BeginAsync(LedgerAccess.Exclusive, cancellationToken);
        var stored = (
            await transaction.Connection.QueryAsync<PriceView>(
                new CommandDefinition(Select, transaction: transaction.Transaction, cancellationToken: cancellationToken)
            )
        ).ToDictionary(price => price.Id);
        if (onlyIfEmpty && stored.Count > 0)
            return null;
        var history = new PriceHistory([.. stored.Values.Select(PriceOf)]);
        foreach (var price in added.Select(entry => entry.Price).OrderBy(price => price.EffectiveFrom))
        {
            if (history.Add(price) is { } overlapped)
                return (price, overlapped);
        }

        await CloseAsync(transaction, history, stored, cancellationToken);
        var rows = await InsertAsync(transaction, added, history, cancellationToken);
        await audit.AddAsync(transaction, PriceAudit.Of(actor, rows, history, stored, onlyIfEmpty), cancellationToken);
        const string Bump = "update ledger_state set value = value + 1 where name = 'price_version'";
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(Bump, transaction: transaction.Transaction, cancellationToken: cancellationToken)
        );
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private static async Task CloseAsync(
        LedgerTransaction transaction,
        PriceHistory history,
        Dictionary<Guid, PriceView> stored,
        CancellationToken cancellationToken
    )
    {
        const string Sql = "update cost_pricing_config set effective_to = @EffectiveTo where id = @Id";
        foreach (var price in history.Closed.Where(price => stored.ContainsKey(price.Id)).OrderBy(price => price.Id))
        {
            var parameters = new { price.Id, price.EffectiveTo };
            await transaction.Connection.ExecuteAsync(
                new CommandDefinition(Sql, parameters, transaction.Transaction, cancellationToken: cancellationToken)
            );
        }
    }

    private static async Task<IReadOnlyList<PriceView>> InsertAsync(
        LedgerTransaction transaction,
        IReadOnlyList<NewPrice> added,
        PriceHistory history,
        CancellationToken cancellationToken
    )
    {
        const string Sql = """
            insert into cost_pricing_config
              (id, service, region, model, unit, unit_cost_usd, unit_quantity, effective_from, effective_to, notes, created_at)
            values (@Id, @Service, @Region, @Model, @Unit, @UnitCostUsd, @UnitQuantity, @EffectiveFrom, @EffectiveTo, @Notes, @CreatedAt)
            """;
        // A later one of the same request may have closed an earlier.
        var ends = history.Closed.ToDictionary(price => price.Id, price => price.EffectiveTo);
        var rows = added
            .Select(entry => entry.ToView())
            .Select(view => ends.TryGetValue(view.Id, out var end) ? view with { EffectiveTo = end } : view)
            .ToList();
        foreach (var row in rows)
        {
            await transaction.Connection.ExecuteAsync(new CommandDefinition(Sql, row, transaction.Transaction, cancellationToken: cancellationToken));
        }

        return rows;
    }

    internal static Price PriceOf(PriceView view) =>
        new(view.Id, view.Service, view.Region, view.Model, view.Unit, view.UnitCostUsd, view.UnitQuantity, view.EffectiveFrom, view.EffectiveTo);
}
