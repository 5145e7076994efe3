using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Explorer;

/// <summary>A service that has events, with one of its models and regions.</summary>
public sealed record Usage
{
    /// <summary>The service.</summary>
    public string Service { get; init; } = "";

    /// <summary>The model; null for none.</summary>
    public string? Model { get; init; }

    /// <summary>The region; null for none.</summary>
    public string? Region { get; init; }

    /// <summary>How many events.</summary>
    public long EventCount { get; init; }

    /// <summary>How many of them nothing priced.</summary>
    public long UnpricedCount { get; init; }

    /// <summary>The latest day with an event.</summary>
    public DateOnly LastDay { get; init; }

    /// <summary>The latest day with one that nothing priced; null for none.</summary>
    public DateOnly? LastUnpricedDay { get; init; }
}

/// <summary>What the ledger has seen of late: services, models and regions, from rollups.</summary>
internal sealed class UsageStore(Database database)
{
    /// <summary>How far back "of late" reaches.</summary>
    public const int Days = 30;

    /// <summary>Everything that has events since a day, by service, model and region.</summary>
    public async Task<IReadOnlyList<Usage>> SinceAsync(DateOnly from, CancellationToken cancellationToken)
    {
        const string Sql = """
            select service, nullif(model, '') as model, nullif(region, '') as region, cast(sum(event_count) as bigint) as event_count,
              cast(sum(unpriced_count) as bigint) as unpriced_count, max(day) as last_day,
              max(case when unpriced_count > 0 then day end) as last_unpriced_day
            from day_cells where day >= @from and event_count > 0
            group by 1, 2, 3 order by service, model, region
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Usage>(new CommandDefinition(Sql, new { from }, cancellationToken: cancellationToken))).AsList();
    }
}
