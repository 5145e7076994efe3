using Podcasto.Costs.Client.Audit;
using Podcasto.Costs.Client.Catalog;
using Podcasto.Costs.Client.Daily;
using Podcasto.Costs.Client.Episodes;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Client.Explorer;
using Podcasto.Costs.Client.Exports;
using Podcasto.Costs.Client.Health;
using Podcasto.Costs.Client.Http;
using Podcasto.Costs.Client.Jobs;
using Podcasto.Costs.Client.Keys;
using Podcasto.Costs.Client.Monthly;
using Podcasto.Costs.Client.Podcasts;
using Podcasto.Costs.Client.Pricing;

namespace Podcasto.Costs.Client;

/// <summary>Asks a server of Podcasto Costs, by noun. Safe to use from many threads.</summary>
public sealed class CostsClient
{
    /// <summary>Asks over a connection.</summary>
    /// <param name="http">With the server's address (ending in a slash where it has a path) and <c>Authorization: Bearer KEY</c>; the caller keeps it alive.</param>
    public CostsClient(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var api = new ApiConnection(http);
        Audit = new AuditApi(api);
        Catalog = new CatalogApi(api);
        Costs = new CostsApi(api);
        Daily = new DailyApi(api);
        Episodes = new EpisodesApi(api);
        Events = new EventsApi(api);
        Exports = new ExportsApi(api);
        Health = new HealthApi(api);
        Jobs = new JobsApi(api);
        Keys = new KeysApi(api);
        Monthly = new MonthlyApi(api);
        Podcasts = new PodcastsApi(api);
        Pricing = new PricingApi(api);
    }

    /// <summary>Who changed what.</summary>
    public AuditApi Audit { get; }

    /// <summary>Titles of podcasts and episodes.</summary>
    public CatalogApi Catalog { get; }

    /// <summary>Costs by any dimensions.</summary>
    public CostsApi Costs { get; }

    /// <summary>What days cost.</summary>
    public DailyApi Daily { get; }

    /// <summary>What episodes have cost.</summary>
    public EpisodesApi Episodes { get; }

    /// <summary>What was used, one by one.</summary>
    public EventsApi Events { get; }

    /// <summary>Months as files.</summary>
    public ExportsApi Exports { get; }

    /// <summary>Whether the server is there.</summary>
    public HealthApi Health { get; }

    /// <summary>Runs of jobs.</summary>
    public JobsApi Jobs { get; }

    /// <summary>API keys.</summary>
    public KeysApi Keys { get; }

    /// <summary>What months cost.</summary>
    public MonthlyApi Monthly { get; }

    /// <summary>What podcasts cost in a span of days.</summary>
    public PodcastsApi Podcasts { get; }

    /// <summary>The price list.</summary>
    public PricingApi Pricing { get; }
}
