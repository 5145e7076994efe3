using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Rollups.Audit;

/// <summary>What a rebuild or a verification covers; without any of the three, everything.</summary>
/// <param name="From">First day, inclusive.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="Episode">One episode and the days that it has events on.</param>
internal sealed record AuditScope(DateOnly? From, DateOnly? To, Guid? Episode)
{
    public static readonly AuditScope Everything = new(null, null, null);
}

/// <summary>Goes over a scope part by part, beside a running server.</summary>
internal sealed class AuditRun(Database database, RollupAudit audit, ArchiveReader archive)
{
    // Some ten thousand events in a part keep a rebuild's pauses short.
    private const int EpisodesInPart = 500;

    /// <summary>Compares, or repairs; hands over each difference as it is found.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RunAsync(
        AuditScope scope,
        bool repair,
        Action<Difference> found,
        IProgress<JobProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var count = 0;
        var days = await DaysAsync(scope, cancellationToken);
        for (var index = 0; index < days.Count; index++)
        {
            Take(await audit.DayAsync(days[index], repair, cancellationToken));
            progress.Report(new JobProgress("days", index + 1, days.Count, count));
        }

        var months = days.Select(Month.Of).Distinct().ToList();
        for (var index = 0; index < months.Count; index++)
        {
            Take(await audit.MonthAsync(months[index], repair, cancellationToken));
            progress.Report(new JobProgress("months", index + 1, months.Count, count));
        }

        var parts = await CountPartsAsync(scope, cancellationToken);
        var part = 0;
        using var archived = new ArchivedEpisodes(archive);
        await foreach (var range in EpisodesAsync(scope, archived, cancellationToken))
        {
            Take(await audit.EpisodesAsync(range, archived, repair, cancellationToken));
            part++;
            progress.Report(new JobProgress("episodes", part, Math.Max(part, parts), count));
        }

        // New episodes and lost ones make the count of parts a guess.
        progress.Report(new JobProgress("episodes", part, part, count));

        return count;

        void Take(List<Difference> differences)
        {
            count += differences.Count;
            differences.ForEach(found);
        }
    }

    private async Task<IReadOnlyList<DateOnly>> DaysAsync(AuditScope scope, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        if (scope.Episode is { } episode)
        {
            var sql = $"""
                select {database.DayOf("timestamp")} as day from cost_tracking_events where episode_id = @episode
                union select day from episode_days where episode_id = @episode
                """;
            return
            [
                .. (await connection.QueryAsync<DateOnly>(new CommandDefinition(sql, new { episode }, cancellationToken: cancellationToken))).Order(),
            ];
        }

        var bounds = $"""
            select min(day) as first, max(day) as last from (
              select {database.DayOf("min(timestamp)")} as day from cost_tracking_events
              union all select {database.DayOf("max(timestamp)")} from cost_tracking_events
              union all select min(month) from archive_files union all select {database.LastDayOf("max(month)")} from archive_files
              union all select min(day) from episode_days union all select max(day) from episode_days
              union all select min(day) from day_cells union all select max(day) from day_cells
              union all select min(day) from podcast_day_cells union all select max(day) from podcast_day_cells
              union all select min(date) from daily_cost_summary union all select max(date) from daily_cost_summary
            ) days
            """;
        var (first, last) = await connection.QuerySingleAsync<(DateOnly?, DateOnly?)>(
            new CommandDefinition(bounds, cancellationToken: cancellationToken)
        );
        if (first is null || last is null)
            return [];
        var from = scope.From > first ? scope.From.Value : first.Value;
        var to = scope.To < last ? scope.To.Value : last.Value;
        return to < from ? [] : [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays)];
    }

    private async Task<long> CountPartsAsync(AuditScope scope, CancellationToken cancellationToken)
    {
        if (scope.Episode is not null)
            return 1;
        await using var connection = await database.OpenAsync(cancellationToken);
        var command = new CommandDefinition("select count(*) from episode_costs", cancellationToken: cancellationToken);
        return await connection.ExecuteScalarAsync<long>(command) / EpisodesInPart + 1;
    }

    private async IAsyncEnumerable<EpisodeRange> EpisodesAsync(
        AuditScope scope,
        ArchivedEpisodes archived,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (scope.Episode is { } episode)
        {
            yield return new EpisodeRange(episode, episode);
            yield break;
        }

        // Ranges that touch cover also rows whose episode has no event.
        var first = EpisodeRange.Lowest;
        while (true)
        {
            var ids = await NextEpisodesAsync(first, archived, cancellationToken);
            var last = ids.Count < EpisodesInPart ? EpisodeRange.Highest : ids[^1];
            yield return new EpisodeRange(first, last);
            if (last == EpisodeRange.Highest)
                yield break;
            first = EpisodeRange.After(last);
        }
    }

    private async Task<List<Guid>> NextEpisodesAsync(Guid first, ArchivedEpisodes archived, CancellationToken cancellationToken)
    {
        await using var snapshot = await database.BeginSnapshotAsync(cancellationToken);
        const string Sql = "select distinct episode_id from cost_tracking_events where episode_id >= @first order by episode_id limit @limit";
        var parameters = new { first, limit = EpisodesInPart };
        var command = new CommandDefinition(Sql, parameters, snapshot.Transaction, commandTimeout: 0, cancellationToken: cancellationToken);
        var live = await snapshot.Connection.QueryAsync<Guid>(command);
        return [.. live.Concat(await archived.NextAsync(snapshot, first, EpisodesInPart, cancellationToken)).Distinct().Order().Take(EpisodesInPart)];
    }
}
