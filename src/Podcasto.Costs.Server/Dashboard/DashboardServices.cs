using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using Podcasto.Costs.Server.Dashboard.Filters;
using Podcasto.Costs.Server.Sessions;
using Podcasto.Costs.Server.Sessions.OpenId;

namespace Podcasto.Costs.Server.Dashboard;

/// <summary>The pages: rendered on the server, without a circuit.</summary>
internal static class DashboardServices
{
    // What is no page: programs get problem+json there, readers get HTML everywhere else.
    private static readonly PathString[] Interface = ["/api", "/openapi", "/metrics", "/healthz", "/readyz", "/v1"];

    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        // Titles in any script go out as they are, not as references: pages stay small.
        services.AddWebEncoders(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "podcasto_costs_form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        // Over TLS too: what a form carries is encrypted anew in every answer, so its length tells nothing.
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.AddSingleton<PodcastTitles>();
        return services;
    }

    public static void MapDashboard(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>();
        app.MapSessions();
        if (app.Services.GetRequiredService<IOptions<OpenIdOptions>>().Value.IsConfigured)
            app.MapOpenId();
    }

    /// <summary>Whether a person with a browser asks, not a program.</summary>
    public static bool IsPage(this HttpContext context) =>
        !Array.Exists(Interface, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
