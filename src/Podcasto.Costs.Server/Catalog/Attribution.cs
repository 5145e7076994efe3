using Dapper;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Archive;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Rollups;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Catalog;

/// <summary>An episode that the catalog learns of, or that changes its podcast.</summary>
internal sealed record EpisodeMove(Guid EpisodeId, Guid? From, Guid To);

/// <summary>Moves what events without a podcast of their own cost, from one podcast to another.</summary>
internal sealed class Attribution(Database database, ArchivedDays archived, RollupWriter rollups, CategoryRules categories)
{
    /// <summary>Moves.</summary>
    /// <param name="transaction">With the ledger to itself, unless nothing moves.</param>
    /// <param name="moves">Each episode once.</param>
    /// <param name="at">When it happens.</param>
    /// <param name="cancellationToken">Stops; the transaction is then not to be committed.</param>
    public async Task MoveAsync(
        LedgerTransaction transaction,
        IReadOnlyList<EpisodeMove> moves,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (moves.Count == 0)
            return;
        await CatalogVersion.IncreaseAsync(transaction, cancellationToken);
        var delta = new RollupDelta(categories);
        var byEpisode = moves.ToDictionary(move => move.EpisodeId);
        foreach (var sums in await ReadAsync(transaction, byEpisode.Keys, cancellationToken))
        {
            var move = byEpisode[sums.EpisodeId!.Value];
            delta.AddToDays(sums.Negated() with { PodcastId = move.From });
            delta.AddToDays(sums with { PodcastId = move.To });
        }

        await rollups.ApplyAsync(transaction, delta, cancellationToken);
        await DeleteEmptyAsync(transaction, moves, cancellationToken);
        foreach (var move in moves.OrderBy(move => move.EpisodeId))
        {
            const string Sql = """
                update episode_costs set catalog_podcast_id = @To, podcast_id = @To, last_updated = @at
                where episode_id = @EpisodeId
                """;
            var parameters = new
            {
                move.EpisodeId,
                move.To,
                at,
            };
            await transaction.Connection.ExecuteAsync(
                new CommandDefinition(Sql, parameters, transaction.Transaction, cancellationToken: cancellationToken)
            );
        }
    }

    /// <summary>The files of the archive that moving reads.</summary>
    public Task<IReadOnlyList<ArchiveFile>> FilesOfAsync(
        LedgerTransaction transaction,
        IReadOnlyList<EpisodeMove> moves,
        CancellationToken cancellationToken
    ) => ArchiveMonths.OfEpisodesAsync(database, transaction, [.. moves.Select(move => move.EpisodeId)], cancellationToken);

    private async Task<IEnumerable<Contribution>> ReadAsync(
        LedgerTransaction transaction,
        IReadOnlyCollection<Guid> episodes,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select
              episode_id, {database.DayOf("timestamp")} as day, service, event_type, model, region,
              sum(total_cost_usd) as cost_usd, count(*) as event_count, count(*) filter (where priced_by = 'none') as unpriced_count
            from cost_tracking_events
            where {database.IsAnyOf("episode_id", "@ids")} and podcast_id is null
            group by 1, 2, 3, 4, 5, 6
            """;
        var parameters = new { ids = database.List(episodes) };
        var groups = await transaction.Connection.QueryAsync<Group>(
            new CommandDefinition(sql, parameters, transaction.Transaction, commandTimeout: 0, cancellationToken: cancellationToken)
        );
        return groups.Select(group => group.ToContribution()).Concat(await archived.OfEpisodesAsync(transaction, episodes, cancellationToken));
    }

    private async Task DeleteEmptyAsync(LedgerTransaction transaction, IReadOnlyList<EpisodeMove> moves, CancellationToken cancellationToken)
    {
        var sql = $"""
            delete from episode_days where event_count = 0 and {database.IsAnyOf("episode_id", "@episodes")};
            delete from podcast_day_cells where event_count = 0 and {database.IsAnyOf("podcast_id", "@podcasts")};
            delete from podcast_months where event_count = 0 and {database.IsAnyOf("podcast_id", "@podcasts")};
            """;
        var parameters = new
        {
            episodes = database.List(moves.Select(move => move.EpisodeId)),
            podcasts = database.List(moves.Select(move => move.From ?? Guid.Empty).Distinct()),
        };
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, parameters, transaction.Transaction, cancellationToken: cancellationToken)
        );
    }

    private sealed record Group
    {
        public Guid EpisodeId { get; init; }

        public DateOnly Day { get; init; }

        public string Service { get; init; } = "";

        public string EventType { get; init; } = "";

        public string? Model { get; init; }

        public string? Region { get; init; }

        public decimal CostUsd { get; init; }

        public long EventCount { get; init; }

        public long UnpricedCount { get; init; }

        public Contribution ToContribution() =>
            new()
            {
                EpisodeId = EpisodeId,
                Day = Day,
                Service = Service,
                EventType = EventType,
                Model = Model,
                Region = Region,
                CostUsd = CostUsd,
                EventCount = EventCount,
                UnpricedCount = UnpricedCount,
            };
    }
}
