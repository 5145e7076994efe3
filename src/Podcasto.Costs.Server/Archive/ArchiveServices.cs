using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Archive.Moving;
using Podcasto.Costs.Server.Archive.Reading;
using Podcasto.Costs.Server.Archive.Storage;
using Podcasto.Costs.Server.Jobs;

namespace Podcasto.Costs.Server.Archive;

internal static class ArchiveServices
{
    public static IServiceCollection AddArchive(this IServiceCollection services)
    {
        services.AddOptions<ArchiveOptions>().BindConfiguration(ArchiveOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ArchiveOptions>, ArchiveOptionsValidator>();
        services.AddSingleton<IArchiveStorage>(provider =>
            provider.GetRequiredService<IOptions<ArchiveOptions>>() is { Value.Bucket: { Length: > 0 } } options
                ? new BucketStorage(options, provider.GetRequiredService<TimeProvider>())
                : new DirectoryStorage(provider.GetRequiredService<IOptions<ArchiveOptions>>())
        );
        services.AddSingleton<VerifiedFiles>();
        services.AddSingleton<ArchiveIndex>();
        services.AddSingleton<ArchiveReader>();
        services.AddSingleton<ArchivedPodcasts>();
        services.AddSingleton<ArchivedEventList>();
        services.AddSingleton<ArchivedDays>();
        services.AddSingleton<FileRemoval>();
        services.AddSingleton<MonthWriter>();
        services.AddSingleton<RowMover>();
        services.AddSingleton<ArchiveTurn>();
        services.AddSingleton<IJobWork, ArchiveWork>();
        services.AddSingleton<IJobWork, RestoreWork>();
        services.AddSingleton<IJobCheck, ArchiveCheck>();
        services.AddSingleton<IJobCheck, RestoreCheck>();
        services.AddSingleton<ISchedule, ArchiveSchedule>();
        return services;
    }
}
