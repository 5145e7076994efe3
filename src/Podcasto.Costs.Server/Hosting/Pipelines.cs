using Podcasto.Costs.Server.Dashboard;
using Podcasto.Costs.Server.Hosting.Auth;

namespace Podcasto.Costs.Server.Hosting;

/// <summary>
/// What a request passes on its way to a route: people with browsers and programs part at once. Neither pays for what only the other needs, and what
/// the two differ in (what an error looks like, which credentials there are) is said once.
/// </summary>
internal static class Pipelines
{
    /// <summary>Pages, their forms and files. Comes after the routes are mapped.</summary>
    public static void UsePages(this WebApplication app) =>
        app.MapWhen(
            context => context.IsPage(),
            pages =>
            {
                pages.UsePageHeaders();
                pages.UseResponseCompression();
                pages.UseExceptionHandler("/error", createScopeForErrors: true);
                pages.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
                pages.UseMiddleware<ReadinessGate>();
                pages.UseRouting();
                pages.UseRateLimiter();
                pages.UseAuthentication();
                pages.UseAuthorization();
                pages.UseMiddleware<FormGate>();
                pages.UseAntiforgery();
                // A branch has routes of its own: it is given those of the application.
                pages.UseEndpoints(routes => Share(app, routes));
            }
        );

    /// <summary>The interface for programs: everything else.</summary>
    public static void UsePrograms(this WebApplication app)
    {
        app.UseMiddleware<ProgramHeaders>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<ReadinessGate>();
        app.UseMiddleware<ReadRetry>();
        app.UseRouting();
        app.UseMiddleware<KeyGate>();
        app.UseAuthentication();
        app.UseMiddleware<KeysFirst>();
        app.UseAuthorization();
    }

    private static void Share(IEndpointRouteBuilder from, IEndpointRouteBuilder to)
    {
        foreach (var source in from.DataSources)
            to.DataSources.Add(source);
    }
}
