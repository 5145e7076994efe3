using Dapper;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Pricing;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Events;

/// <summary>What events refer to by id.</summary>
public sealed record EventReferences
{
    /// <summary>Titles of episodes, as far as the catalog knows them.</summary>
    public IReadOnlyDictionary<Guid, string> Episodes { get; init; } = new Dictionary<Guid, string>();

    /// <summary>Titles of podcasts, likewise.</summary>
    public IReadOnlyDictionary<Guid, string> Podcasts { get; init; } = new Dictionary<Guid, string>();

    /// <summary>The prices that applied.</summary>
    public IReadOnlyDictionary<Guid, PriceView> Prices { get; init; } = new Dictionary<Guid, PriceView>();
}

/// <summary>Looks up what a page of events refers to.</summary>
internal sealed class EventReferenceStore(Database database)
{
    public async Task<EventReferences> OfAsync(IReadOnlyCollection<EventView> events, CancellationToken cancellationToken)
    {
        const string Prices = """
            select id, service, region, model, unit, unit_cost_usd, unit_quantity, effective_from, effective_to, notes, created_at
            from cost_pricing_config
            """;
        return new EventReferences
        {
            Episodes = await TitlesAsync("episodes", events.Select(view => view.EpisodeId), cancellationToken),
            Podcasts = await TitlesAsync("podcasts", events.Select(view => view.PodcastId), cancellationToken),
            Prices = (await ByIdAsync<PriceView>(Prices, events.Select(view => view.PriceId), cancellationToken)).ToDictionary(price => price.Id),
        };
    }

    private async Task<IReadOnlyDictionary<Guid, string>> TitlesAsync(string table, IEnumerable<Guid?> ids, CancellationToken cancellationToken) =>
        (await ByIdAsync<Titled>($"select id, title from {table}", ids, cancellationToken)).ToDictionary(row => row.Id, row => row.Title);

    private async Task<IEnumerable<T>> ByIdAsync<T>(string select, IEnumerable<Guid?> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.OfType<Guid>().Distinct().ToList();
        if (wanted.Count == 0)
            return [];
        await using var connection = await database.OpenAsync(cancellationToken);
        var sql = $"{select} where {database.IsAnyOf("id", "@ids")}";
        var parameters = new { ids = database.List(wanted) };
        return await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private sealed record Titled
    {
        public Guid Id { get; init; }

        public string Title { get; init; } = "";
    }
}
