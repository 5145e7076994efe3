using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Exports;

/// <summary>What there is to export of a month, from its rollups.</summary>
internal sealed record ExportMonth
{
    public long EventCount { get; init; }

    public long UnpricedCount { get; init; }

    public decimal TotalCostUsd { get; init; }
}

/// <summary>Usage of a month that nothing priced.</summary>
internal sealed record UnpricedUsage
{
    public string Service { get; init; } = "";

    public string? Model { get; init; }

    public string? Region { get; init; }

    public long EventCount { get; init; }
}

/// <summary>Says of a month what its export will hold, and what it leaves out.</summary>
internal sealed class ExportMonths(Database database)
{
    /// <summary>Most kinds of unpriced usage that are named.</summary>
    public const int MaxUnpriced = 1_000;

    /// <summary>The month's counts and costs; null where it has no event.</summary>
    public async Task<ExportMonth?> FindAsync(Month month, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        const string Sql = "select event_count, unpriced_count, total_cost_usd from month_totals where month = @month and event_count > 0";
        return await connection.QuerySingleOrDefaultAsync<ExportMonth>(
            new CommandDefinition(Sql, new { month = month.FirstDay }, cancellationToken: cancellationToken)
        );
    }

    /// <summary>What nothing priced, most events first; at most <see cref="MaxUnpriced"/> kinds.</summary>
    public async Task<IReadOnlyList<UnpricedUsage>> UnpricedAsync(Month month, CancellationToken cancellationToken)
    {
        const string Sql = """
            select service, nullif(model, '') as model, nullif(region, '') as region, cast(sum(unpriced_count) as bigint) as event_count
            from day_cells
            where day between @from and @to and unpriced_count > 0
            group by service, model, region
            order by 4 desc, service, model, region
            limit @limit
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        var parameters = new
        {
            from = month.FirstDay,
            to = month.LastDay,
            limit = MaxUnpriced,
        };
        return (await connection.QueryAsync<UnpricedUsage>(new CommandDefinition(Sql, parameters, cancellationToken: cancellationToken))).AsList();
    }
}
