using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Client.Scopes;
using Podcasto.Costs.Client.Setup;
using Podcasto.Costs.Client.Tracking;
using Polly;

namespace Podcasto.Costs.Client;

/// <summary>Adds the client to a program.</summary>
public static class PodcastoCostsServices
{
    /// <summary>Adds <see cref="ICostTracker"/>, which sends to a server of Podcasto Costs, and <see cref="CostsClient"/>, which reads from it.</summary>
    /// <param name="services">The program's services.</param>
    /// <param name="configure">Says where the server is; by default the environment does.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPodcastoCosts(this IServiceCollection services, Action<PodcastoCostsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<PodcastoCostsOptions>();
        if (configure is not null)
            options.Configure(configure);
        // Asked a second time, as by a library that tracks too, only the options are new.
        if (services.Any(service => service.ImplementationType == typeof(TrackerLifetime)))
            return services;
        options.PostConfigure(FromEnvironment);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PodcastoCostsOptions>, PodcastoCostsOptionsValidator>());
        services.TryAddSingleton(TrackerFactory.Create);
        services.AddHostedService<TrackerLifetime>();
        AddSender(services);
        AddReader(services);
        return services;
    }

    /// <summary>Carries the current <see cref="CostScope"/> along with a client's requests.</summary>
    /// <param name="builder">The client's.</param>
    /// <returns>The same builder.</returns>
    public static IHttpClientBuilder AddCostScope(this IHttpClientBuilder builder) => builder.AddHttpMessageHandler(() => new CostScopeHandler());

    private static void AddSender(IServiceCollection services)
    {
        var sender = services
            .AddHttpClient(HttpNames.Sender, (provider, http) => Configure(provider, http, Timeout.InfiniteTimeSpan))
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // A line of the log for every batch would be about the tracking, not about what is tracked.
            .RemoveAllLoggers();
        sender.AddResilienceHandler(
            "until-settled",
            (pipeline, context) =>
                RetryPolicy.Configure(
                    pipeline,
                    OptionsOf(context.ServiceProvider),
                    context.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System
                )
        );
        sender.AddHttpMessageHandler(() => new AcknowledgementHandler());
    }

    private static void AddReader(IServiceCollection services)
    {
        services
            .AddHttpClient(HttpNames.Reader, (provider, http) => Configure(provider, http, OptionsOf(provider).RequestTimeout))
            .AddResilienceHandler("three-times", (pipeline, _) => pipeline.AddRetry(ReadsOnly(new HttpRetryStrategyOptions { UseJitter = true })));
        services.TryAddSingleton(provider => new CostsClient(provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpNames.Reader)));
    }

    private static HttpRetryStrategyOptions ReadsOnly(HttpRetryStrategyOptions retry)
    {
        // A price or a key that was perhaps added is not added again.
        retry.DisableForUnsafeHttpMethods();
        return retry;
    }

    private static PodcastoCostsOptions OptionsOf(IServiceProvider services) => services.GetRequiredService<IOptions<PodcastoCostsOptions>>().Value;

    private static void Configure(IServiceProvider services, HttpClient http, TimeSpan timeout)
    {
        var options = OptionsOf(services);
        var address = options.Address!.AbsoluteUri;
        // Without the slash the last part of a path would be taken for a file, and replaced.
        http.BaseAddress = new Uri(address.EndsWith('/') ? address : address + "/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
        http.Timeout = timeout;
    }

    private static void FromEnvironment(PodcastoCostsOptions options)
    {
        if (options.Address is null && Uri.TryCreate(Environment.GetEnvironmentVariable("PODCASTO_COSTS_SERVER"), UriKind.Absolute, out var address))
            options.Address = address;
        options.Key ??= Environment.GetEnvironmentVariable("PODCASTO_COSTS_KEY");
    }
}
