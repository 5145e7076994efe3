using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Podcasto.Costs.Server.Hosting.Auth;

internal static class AuthServices
{
    public static IServiceCollection AddKeyAuthentication(this IServiceCollection services)
    {
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
        services.AddSingleton<AdminKey>();
        services.AddSingleton<CronSecret>();
        services
            .AddAuthentication(KeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, CronAuthentication>(CronAuthentication.SchemeName, null);
        services
            .AddAuthorizationBuilder()
            .AddPolicy(Policies.Ingest, policy => Require(policy, Policies.Ingest))
            .AddPolicy(Policies.Read, policy => Require(policy, Policies.Read))
            .AddPolicy(Policies.Admin, policy => Require(policy, Policies.Admin))
            .AddPolicy(Policies.Cron, policy => policy.AddAuthenticationSchemes(CronAuthentication.SchemeName).RequireAuthenticatedUser());
        return services;
    }

    // Admin includes both of the others.
    private static void Require(AuthorizationPolicyBuilder policy, string scope) =>
        policy.RequireClaim(KeyAuthentication.ScopeClaim, scope, Policies.Admin);
}
