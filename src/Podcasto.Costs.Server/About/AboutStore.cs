using Dapper;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.About;

/// <summary>What the ledger holds, in numbers.</summary>
internal sealed record LedgerFacts
{
    public string Version { get; init; } = "";

    public long Bytes { get; init; }

    public long Events { get; init; }

    public long Episodes { get; init; }

    public long Podcasts { get; init; }

    public DateOnly? FirstDay { get; init; }

    public DateOnly? LastDay { get; init; }

    public long ArchiveFiles { get; init; }

    public long ArchivedEvents { get; init; }

    public long ArchiveBytes { get; init; }

    public DateOnly? ArchivedUntil { get; init; }
}

/// <summary>Reads it from rollups: quick on any ledger.</summary>
internal sealed class AboutStore(Database database)
{
    public async Task<LedgerFacts> ReadAsync(CancellationToken cancellationToken)
    {
        var sql = $"""
            select ({database.VersionQuery}) as version, ({database.SizeQuery}) as bytes,
              (select coalesce(sum(event_count), 0) from month_totals) as events,
              (select count(*) from episode_costs) as episodes,
              (select count(*) from podcasts) as podcasts,
              (select min(date) from daily_cost_summary) as first_day,
              (select max(date) from daily_cost_summary) as last_day,
              (select count(*) from archive_files where archived_from < archived_to) as archive_files,
              (select coalesce(sum(archived_to - archived_from), 0) from archive_files) as archived_events,
              (select coalesce(sum(byte_count), 0) from archive_files where archived_from < archived_to) as archive_bytes,
              (select max(month) from archive_files where archived_from < archived_to) as archived_until
            """;
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<LedgerFacts>(new CommandDefinition(sql, cancellationToken: cancellationToken));
    }
}
