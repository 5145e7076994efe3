using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Catalog;
using Podcasto.Costs.Server.Exports.Focus;

namespace Podcasto.Costs.Server.Exports;

internal static class ExportServices
{
    public static IServiceCollection AddExports(this IServiceCollection services)
    {
        services.AddOptions<ExportOptions>().BindConfiguration(ExportOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExportOptions>, ExportOptionsValidator>();
        services.AddOptions<FocusOptions>().BindConfiguration(FocusOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FocusOptions>, FocusOptionsValidator>();
        services.AddSingleton<ExportTurns>();
        services.AddSingleton<ExportMonths>();
        services.AddSingleton<TitleStore>();
        services.AddSingleton<FocusServices>();
        services.AddSingleton<FocusReader>();
        services.AddSingleton<FocusMetadata>();
        return services;
    }
}
