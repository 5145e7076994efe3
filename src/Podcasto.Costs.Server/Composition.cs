using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.About;
using Podcasto.Costs.Server.Archive;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Daily;
using Podcasto.Costs.Server.Dashboard;
using Podcasto.Costs.Server.Episodes;
using Podcasto.Costs.Server.Events;
using Podcasto.Costs.Server.Explorer;
using Podcasto.Costs.Server.Exports;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Auth;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Ingest;
using Podcasto.Costs.Server.Ingest.Otlp;
using Podcasto.Costs.Server.Ingest.Reading;
using Podcasto.Costs.Server.Ingest.Writing;
using Podcasto.Costs.Server.Ingest.Writing.Postgres;
using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Keys;
using Podcasto.Costs.Server.Monthly;
using Podcasto.Costs.Server.Overview;
using Podcasto.Costs.Server.Podcasts;
using Podcasto.Costs.Server.Pricing;
using Podcasto.Costs.Server.Rollups;
using Podcasto.Costs.Server.Rollups.Index;
using Podcasto.Costs.Server.Sessions;
using Podcasto.Costs.Server.Storage;
using Scalar.AspNetCore;

namespace Podcasto.Costs.Server;

/// <summary>The whole product as services and routes: what the program, the tests and the benchmarks share.</summary>
internal static class Composition
{
    public static WebApplicationBuilder AddPodcastoCosts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(options => WireJson.Configure(options.SerializerOptions));
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BoundedBody.MaxBytes;
        });
        services.AddSingleton<IMemoryPoolFactory<byte>, ReceiveBuffers>();
        // Before the usual one, which writes for every route.
        services.AddSingleton<IProblemDetailsWriter, StatusWriter>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Problems.Explain(context.ProblemDetails));
        services.AddExceptionHandler<Faults>();
        services.AddOpenApi();
        services.AddTelemetry(builder.Configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Readiness>();
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsValidator>();

        AddStorage(services);
        AddLedger(services);
        AddFeatures(services, builder.Configuration);
        services.AddJobs();
        services.AddArchive();
        services.AddExports();
        services.AddSessions();
        services.AddDashboard();

        // The web server starts after these and stops before them: requests under way still get their commit.
        services.AddHostedService<Startup>();
        services.AddHostedService<IngestWriter>();
        services.AddHostedService<EpisodeRanking>();
        services.AddSingleton<EpisodeIndexWarmer>();
        services.AddHostedService(provider => provider.GetRequiredService<EpisodeIndexWarmer>());
        services.AddHostedService<PageRehearsal>();
        services.AddHostedService<JobRunner>();
        services.WithoutEarlyKeys();
        return builder;
    }

    public static WebApplication UsePodcastoCosts(this WebApplication app)
    {
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/reference").AllowAnonymous();
        app.MapMetrics(app.Configuration);
        app.MapIngest();
        app.MapTraces();
        MapFeatures(app);
        app.MapDashboard();

        app.UseTrustedProxies();
        app.UsePages();
        app.UsePrograms();
        return app;
    }

    private static void AddStorage(IServiceCollection services)
    {
        TypeHandlers.Register();
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        services.AddSingleton<Database>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;
            return options.Provider == DatabaseProvider.Postgres
                ? new PostgresDatabase(
                    options.ConnectionString ?? throw new InvalidOperationException("Set Database:ConnectionString: PostgreSQL has no default.")
                )
                : new SqliteDatabase(options.ConnectionString);
        });
    }

    private static void AddLedger(IServiceCollection services)
    {
        services.AddOptions<IngestOptions>().BindConfiguration(IngestOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IngestOptions>, IngestOptionsValidator>();
        services.AddOptions<CategoryOptions>().BindConfiguration(CategoryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CategoryOptions>, CategoryOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<CategoryOptions>>().Value.ToRules());
        services.AddSingleton<EventTable>(provider =>
            provider.GetRequiredService<Database>() switch
            {
                PostgresDatabase postgres => new PostgresEventTable(
                    postgres,
                    new SmallBatchCommit(postgres, provider.GetRequiredService<CategoryRules>())
                ),
                SqliteDatabase sqlite => new SqliteEventTable(sqlite),
                var other => throw new InvalidOperationException($"No way to write events to {other.Name}."),
            }
        );
        services.AddSingleton<Utf8StringPool>();
        services.AddSingleton<IngestQueue>();
        services.AddSingleton<IngestHandler>();
        services.AddSingleton(new SpansAbove(SpansAbove.Capacity));
        services.AddSingleton<TraceHandler>();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<LedgerWriter>();
        services.AddSingleton<RollupWriter>();
        services.AddOptions<EpisodeIndexOptions>().BindConfiguration(EpisodeIndexOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EpisodeIndexOptions>, EpisodeIndexOptionsValidator>();
        services.AddSingleton<EpisodeIndex>();
        services.AddAudit();
        services.AddSingleton<PriceBooks>();
    }

    private static void AddFeatures(IServiceCollection services, IConfiguration configuration)
    {
        services.AddKeyAuthentication(configuration);
        services.AddSingleton<AuditStore>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IStartupStep, FirstKey>();
        services.AddOptions<PricingOptions>().BindConfiguration(PricingOptions.Section);
        services.AddSingleton<PriceStore>();
        services.AddSingleton<PricePreviews>();
        services.AddSingleton<IStartupStep, PriceSeed>();
        services.AddSingleton<CatalogStore>();
        services.AddSingleton<Attribution>();
        services.AddSingleton<EventStore>();
        services.AddSingleton<LedgerReader>();
        services.AddSingleton<EpisodeStore>();
        services.AddSingleton<PodcastStore>();
        services.AddSingleton<PodcastFigures>();
        services.AddSingleton<DailyStore>();
        services.AddSingleton<MonthlyStore>();
        services.AddSingleton<MonthHistoryStore>();
        services.AddSingleton<StatementStore>();
        services.AddSingleton<ArchivedCells>();
        services.AddSingleton<ExplorerStore>();
        services.AddSingleton<ExplorerReader>();
        services.AddSingleton<UsageStore>();
        services.AddSingleton<CatalogTitleStore>();
        services.AddSingleton<SlowAnswers>();
        services.AddSingleton<OverviewStore>();
        services.AddSingleton<NewKeyCookie>();
        services.AddSingleton<AboutStore>();
        services.AddSingleton<SettingsInForce>();
        services.AddSingleton<EpisodeSpendStore>();
        services.AddSingleton<EpisodeFactsStore>();
        services.AddSingleton<EventFinder>();
        services.AddSingleton<EventReferenceStore>();
        services.AddSingleton<PodcastTrendStore>();
        services.AddSingleton<PodcastPageStore>();
        services.AddSingleton<PodcastBreakdown>();
    }

    private static void MapFeatures(WebApplication app)
    {
        app.MapEvents();
        app.MapEpisodes();
        app.MapPodcasts();
        app.MapDaily();
        app.MapMonthly();
        app.MapExplorer();
        app.MapPricing();
        app.MapCatalog();
        app.MapKeys();
        app.MapAudit();
        app.MapJobs();
        app.MapCron();
        app.MapExports();
    }
}
