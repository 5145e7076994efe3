using Podcasto.Costs.Server.Jobs;
using Podcasto.Costs.Server.Rollups.Audit;

namespace Podcasto.Costs.Server.Rollups;

internal static partial class AuditServices
{
    private const int MaxNamed = 20;

    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<EventSums>();
        services.AddSingleton<DaySums>();
        services.AddSingleton<EpisodeSums>();
        services.AddSingleton<RollupAudit>();
        services.AddSingleton<AuditRun>();
        services.AddSingleton<Reconciliation>();
        services.AddSingleton<IJobWork>(provider => Work(provider, JobKinds.Verify));
        services.AddSingleton<IJobWork>(provider => Work(provider, JobKinds.Rebuild));
        return services;
    }

    private static AuditWork Work(IServiceProvider provider, string kind)
    {
        var log = provider.GetRequiredService<ILogger<AuditWork>>();
        var named = 0;
        return new AuditWork(
            kind,
            provider.GetRequiredService<AuditRun>(),
            difference =>
            {
                // Enough to see what is wrong; the job counts them all.
                if (Interlocked.Increment(ref named) <= MaxNamed)
                    Log.Found(log, difference);
            }
        );
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Difference}")]
        public static partial void Found(ILogger logger, Difference difference);
    }
}
