using Dapper;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>
/// What tells whether a part of the rollups may have changed: each event counts in a row of the part and dates it, and each change of an
/// episode's podcast counts in the catalog's version. Equal states, equal sums.
/// </summary>
internal sealed record PartState
{
    public long Rows { get; init; }

    public long Events { get; init; }

    public DateTimeOffset? LastChangeAt { get; init; }

    public long CatalogVersion { get; init; }

    /// <summary>Of a day.</summary>
    public static Task<PartState> OfDayAsync(LedgerTransaction transaction, object parameters, CancellationToken cancellationToken) =>
        ReadAsync(transaction, "daily_cost_summary where date = @day", "updated_at", parameters, cancellationToken);

    /// <summary>Of a month, by its days.</summary>
    public static Task<PartState> OfMonthAsync(LedgerTransaction transaction, object parameters, CancellationToken cancellationToken) =>
        ReadAsync(transaction, "daily_cost_summary where date between @first and @last", "updated_at", parameters, cancellationToken);

    /// <summary>Of a range of episodes.</summary>
    public static Task<PartState> OfEpisodesAsync(LedgerTransaction transaction, object parameters, CancellationToken cancellationToken) =>
        ReadAsync(transaction, "episode_costs where episode_id between @first and @last", "last_updated", parameters, cancellationToken);

    private static Task<PartState> ReadAsync(
        LedgerTransaction transaction,
        string part,
        string changedAt,
        object parameters,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select
              count(*) as rows, cast(coalesce(sum(event_count), 0) as bigint) as events, max({changedAt}) as last_change_at,
              {Catalog.CatalogVersion.Sql} as catalog_version
            from {part}
            """;
        return transaction.Connection.QuerySingleAsync<PartState>(
            new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: cancellationToken)
        );
    }
}
