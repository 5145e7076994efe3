using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Dashboard;
using Podcasto.Costs.Server.Sessions;
using Podcasto.Costs.Server.Sessions.OpenId;

namespace Podcasto.Costs.Server.Hosting.Auth;

internal static class AuthServices
{
    private const string Credentials = "Credentials";

    public static IServiceCollection AddKeyAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
        services.AddSingleton<AdminKey>();
        services.AddSingleton<KeyCredentials>();
        services.AddSingleton<CronSecret>();
        services
            .AddAuthentication(Credentials)
            .AddPolicyScheme(
                Credentials,
                null,
                options =>
                {
                    options.ForwardDefaultSelector = SchemeOf;
                    options.ForwardChallenge = KeyAuthentication.SchemeName;
                    options.ForwardForbid = KeyAuthentication.SchemeName;
                }
            )
            .AddCookie(SessionCookie.SchemeName, SessionCookie.Configure)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, CronAuthentication>(CronAuthentication.SchemeName, null)
            .AddOpenId(configuration);
        services
            .AddAuthorizationBuilder()
            .AddPolicy(Policies.Ingest, policy => Require(policy, Policies.Ingest))
            .AddPolicy(Policies.Read, policy => Require(policy, Policies.Read))
            .AddPolicy(Policies.Admin, policy => Require(policy, Policies.Admin))
            .AddPolicy(Policies.Viewer, policy => RequireSession(policy, Policies.Read))
            .AddPolicy(Policies.Operator, policy => RequireSession(policy, Policies.Admin))
            .AddPolicy(Policies.Cron, policy => policy.AddAuthenticationSchemes(CronAuthentication.SchemeName).RequireAuthenticatedUser());
        return services;
    }

    // Pages know sessions only. Programs come with keys; a session may read what they may, so that a page can link to its data, and
    // nothing else: a form of another site must find no open door.
    private static string SchemeOf(HttpContext context) =>
        context.IsPage()
        || (
            (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            && context.Request.Headers.Authorization.Count == 0
        )
            ? SessionCookie.SchemeName
            : KeyAuthentication.SchemeName;

    private static void RequireSession(AuthorizationPolicyBuilder policy, string scope) =>
        policy.AddAuthenticationSchemes(SessionCookie.SchemeName).RequireClaim(SessionClaims.Scope, scope, Policies.Admin);

    private static void Require(AuthorizationPolicyBuilder policy, string scope) => policy.RequireAssertion(context => context.User.May(scope));
}
