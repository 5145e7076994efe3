using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Jobs;

internal static class JobServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddOptions<ScheduleOptions>().BindConfiguration(ScheduleOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ScheduleOptions>, ScheduleOptionsValidator>();
        services.AddSingleton<JobStore>();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<JobExecution>();
        services.AddSingleton<JobBell>();
        services.AddSingleton<JobStart>();
        services.AddSingleton<Lease>();
        services.AddSingleton<DailyAggregation>();
        services.AddSingleton<MonthlyAggregation>();
        services.AddSingleton<CronRun>();
        services.AddSingleton<IJobWork>(provider => provider.GetRequiredService<DailyAggregation>());
        services.AddSingleton<IJobWork>(provider => provider.GetRequiredService<MonthlyAggregation>());
        services.AddSingleton<ISchedule, AggregationSchedule>();
        return services;
    }
}
