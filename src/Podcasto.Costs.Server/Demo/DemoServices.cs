using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Demo;

/// <summary><c>--demo</c>: a server with ninety days of eight podcasts.</summary>
internal static class DemoServices
{
    public const string Argument = "--demo";

    /// <summary>A database of its own unless one is given; with the start-up prices, which its events are priced by.</summary>
    public static WebApplicationBuilder AddDemo(this WebApplicationBuilder builder)
    {
        var settings = new Dictionary<string, string?> { ["Pricing:Seed"] = "true" };
        var given = builder.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        if (given is { Provider: DatabaseProvider.Sqlite, ConnectionString: null })
            settings[$"{DatabaseOptions.Section}:{nameof(DatabaseOptions.ConnectionString)}"] = "Data Source=data/demo.db";
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton<DemoMark>();
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IStartupStep, DemoCheck>());
        builder.Services.AddSingleton<IStartupStep, DemoFill>();
        return builder;
    }
}
