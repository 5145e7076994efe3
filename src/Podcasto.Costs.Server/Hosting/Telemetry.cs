using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>Traces and metrics by OpenTelemetry: OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, Prometheus at <c>/metrics</c>.</summary>
internal static class Telemetry
{
    public const string Name = "Podcasto.Costs";

    public static readonly ActivitySource Activities = new(Name);

    public static readonly Meter Meter = new(Name);

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("podcasto-costs"))
            // The durations of requests, by route; the other meters of the framework cost every request more than they tell.
            .WithMetrics(metrics => metrics.AddMeter(Name, "Microsoft.AspNetCore.Hosting").AddPrometheusExporter());
        if (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            // A trace that nobody collects is not made.
            telemetry.WithTracing(tracing => tracing.AddSource(Name).AddAspNetCoreInstrumentation().AddOtlpExporter());
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
        }

        return services;
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes, IConfiguration configuration)
    {
        var metrics = routes.MapPrometheusScrapingEndpoint("/metrics");
        if (configuration.GetValue("Metrics:Public", false))
            metrics.AllowAnonymous();
        else
            metrics.RequireAuthorization(Policies.Read);
    }
}
