using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Archive.Moving;

/// <summary>What a month's events amount to by service, from each place that knows: they must agree.</summary>
internal static class ServiceSums
{
    /// <summary>By the rollups: how many and how much, without quantities.</summary>
    public static async Task<IReadOnlyList<ServiceSum>> OfRollupsAsync(
        LedgerTransaction transaction,
        Month month,
        CancellationToken cancellationToken
    )
    {
        const string Sql = """
            select service, cast(sum(event_count) as bigint) as events, sum(cost_usd) as total_cost_usd
            from day_cells where day between @first and @last group by service having cast(sum(event_count) as bigint) <> 0 order by service
            """;
        var parameters = new { first = month.FirstDay, last = month.LastDay };
        var command = new CommandDefinition(Sql, parameters, transaction.Transaction, cancellationToken: cancellationToken);
        return (await transaction.Connection.QueryAsync<ServiceSum>(command)).AsList();
    }

    /// <summary>By files, read back.</summary>
    public static IReadOnlyList<ServiceSum> OfFiles(ArchivedEvents events, CancellationToken cancellationToken) =>
        [
            .. events.Query(
                "select service, count(*), sum(quantity), sum(total_cost_usd) from events group by service order by service",
                null,
                row => new ServiceSum
                {
                    Service = row.Text(0),
                    Events = row.Integer(1),
                    Quantity = row.Decimal(2),
                    TotalCostUsd = row.Decimal(3),
                },
                cancellationToken
            ),
        ];

    /// <summary>Whether two say the same; quantities only where both have them.</summary>
    public static bool Agree(IReadOnlyList<ServiceSum> left, IReadOnlyList<ServiceSum> right, bool quantities) =>
        left.Count == right.Count
        && left.Zip(right)
            .All(pair =>
                pair.First.Service == pair.Second.Service
                && pair.First.Events == pair.Second.Events
                && pair.First.TotalCostUsd == pair.Second.TotalCostUsd
                && (!quantities || pair.First.Quantity == pair.Second.Quantity)
            );
}

/// <summary>Adds up events as they pass by.</summary>
internal sealed class ServiceSumming
{
    private readonly Dictionary<string, (long Events, decimal Quantity, decimal CostUsd)> _sums = new(StringComparer.Ordinal);

    public void Add(StoredEvent row)
    {
        var (events, quantity, cost) = _sums.GetValueOrDefault(row.Service);
        _sums[row.Service] = (events + 1, quantity + row.Quantity, cost + row.TotalCostUsd);
    }

    public IReadOnlyList<ServiceSum> Sums =>
        [
            .. _sums
                .OrderBy(service => service.Key, StringComparer.Ordinal)
                .Select(service => new ServiceSum
                {
                    Service = service.Key,
                    Events = service.Value.Events,
                    Quantity = service.Value.Quantity,
                    TotalCostUsd = service.Value.CostUsd,
                }),
        ];
}
