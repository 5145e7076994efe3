using System.Security.Principal;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing.Template;
using Podcasto.Costs.Core.Rollups;
using Podcasto.Costs.Server.Rollups.Index;

namespace Podcasto.Costs.Server.Dashboard;

/// <summary>
/// Draws the pages once for nobody, as soon as what they count is in memory. The first time takes several times as long as the next: code is
/// compiled, queries are made ready, connections opened. On a small ledger nobody notices, and nothing is done.
/// </summary>
internal sealed partial class PageRehearsal(
    EpisodeIndexWarmer warmer,
    EpisodeIndex index,
    EndpointDataSource endpoints,
    IServiceScopeFactory scopes,
    ILogger<PageRehearsal> log
) : BackgroundService
{
    /// <summary>Draws the pages.</summary>
    /// <returns>The addresses of those that were drawn.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var drawn = new List<string>();
        foreach (var path in await PathsAsync(cancellationToken))
        {
            if (await DrawAsync(path, cancellationToken))
                drawn.Add(path);
        }

        return drawn;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await warmer.LatestAreRead.WaitAsync(stoppingToken);
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
        catch (Exception exception)
        {
            // Readers will see what is wrong, if it still is.
            Log.Failed(log, exception);
        }
    }

    private async Task<IReadOnlyList<string>> PathsAsync(CancellationToken cancellationToken)
    {
        var days = (await index.DaysAsync(cancellationToken)).Days;
        if (days.Count == 0 || await index.ReadAsync(null, days[^1].Day, days[^1].Day, DearestOf, cancellationToken) is not { } some)
            return [];
        List<string> paths = ["/", "/podcasts", "/episodes", "/explorer", "/events", "/months", $"/months/{Month.Of(days[^1].Day)}", "/prices"];
        paths.AddRange(some.Podcasts.Select(id => $"/podcasts/{id:D}"));
        paths.AddRange(some.Episodes.Select(id => $"/episodes/{id:D}"));
        return paths;
    }

    private static Some DearestOf(SpanEpisodes span) =>
        new(
            [
                .. span.ByPodcast()
                    .Where(item => item.Key != Guid.Empty)
                    .OrderByDescending(item => item.Value.CostUsd)
                    .Select(item => item.Key)
                    .Take(1),
            ],
            span.Dearest(1)
        );

    private async Task<bool> DrawAsync(string path, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        (context.Request.Method, context.Request.Scheme, context.Request.Host) = (HttpMethods.Get, "http", new HostString("localhost"));
        context.Request.Path = path;
        // Somebody who may only look. The answer goes nowhere: the body of such a context is void.
        context.User = new GenericPrincipal(new GenericIdentity(nameof(PageRehearsal)), []);
        if (PageOf(context) is not { RequestDelegate: { } draw } page)
            return false;
        context.SetEndpoint(page);
        await draw(context);
        return context.Response.StatusCode == StatusCodes.Status200OK;
    }

    // The page of a path, and the values in it. The router itself belongs to requests.
    private RouteEndpoint? PageOf(HttpContext context) =>
        endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .FirstOrDefault(endpoint =>
                new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(context.Request.Path, context.Request.RouteValues)
            );

    private sealed record Some(IReadOnlyList<Guid> Podcasts, IReadOnlyList<Guid> Episodes);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "The pages could not be drawn ahead")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
