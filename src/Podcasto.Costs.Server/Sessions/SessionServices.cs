using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Sessions;

internal static class SessionServices
{
    /// <summary>Tries to sign in: ten a minute from one address.</summary>
    public const string SignInLimit = "sign-in";

    private const int TriesPerMinute = 10;

    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<SessionKeys>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<Welcome>();
        services.AddHostedService(provider => provider.GetRequiredService<Welcome>());
        services.AddSingleton<IStartupStep, FirstDataProtectionKey>();
        AddDataProtection(services);
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
            options.AddPolicy(SignInLimit, Limit);
        });
        return services;
    }

    /// <summary>
    /// Takes away what would read the keys while the host starts, before there is a schema; ours are there before the first request.
    /// Comes last: several of the framework's own services bring it back.
    /// </summary>
    public static void WithoutEarlyKeys(this IServiceCollection services)
    {
        foreach (var early in services.Where(service => service.ServiceType == typeof(IHostedService) && IsDataProtection(service)).ToList())
            services.Remove(early);
    }

    private static void AddDataProtection(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("podcasto-costs");
        services.AddSingleton<IXmlRepository, DataProtectionStore>();
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((options, repository) => options.XmlRepository = repository);
    }

    private static bool IsDataProtection(ServiceDescriptor service) =>
        (service.ImplementationType ?? service.ImplementationInstance?.GetType() ?? service.ImplementationFactory?.Method.ReturnType)?.Assembly
        == typeof(IDataProtectionBuilder).Assembly;

    // Looking at the page is free; only tries count. The two have keys that never meet: a key keeps the limiter that it was first given.
    private static RateLimitPartition<string> Limit(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) || context.Request.Query.ContainsKey("token")
            ? RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesPerMinute, Window = TimeSpan.FromMinutes(1) }
            )
            : RateLimitPartition.GetNoLimiter("looking");
}
