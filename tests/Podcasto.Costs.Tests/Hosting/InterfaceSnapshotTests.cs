using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Podcasto.Costs.Tests.Support;

namespace Podcasto.Costs.Tests.Hosting;

/// <summary>What programs rely on changes only on purpose: a change shows in the snapshots, which UPDATE_SNAPSHOTS=1 rewrites.</summary>
public sealed class InterfaceSnapshotTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task The_openapi_document_is_the_one_that_was_reviewed()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        var client = await app.StartAsync();
        var document = (await client.GetJsonAsync("/openapi/v1.json")).AsObject();
        document.Remove("servers");
        Snapshot.Matches("openapi.json", document.ToJsonString(Indented) + "\n");
    }

    [Fact]
    public async Task Every_route_has_the_policy_that_was_reviewed()
    {
        await using var app = new PodcastoCostsApp(Engine.Sqlite);
        await app.StartAsync();
        var routes = app
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText?.StartsWith("/reference", StringComparison.Ordinal) == false)
            .Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .SelectMany(Lines)
            .Distinct()
            .Order(StringComparer.Ordinal);
        Snapshot.Matches("endpoints.txt", string.Join('\n', routes) + "\n");
    }

    private static IEnumerable<string> Lines(RouteEndpoint route)
    {
        var policy = string.Join('+', route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy));
        var allowed = route.Metadata.GetMetadata<IAllowAnonymous>() is not null || policy.Length == 0 ? "anyone" : policy;
        foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
            yield return $"{method} /{route.RoutePattern.RawText!.Trim('/')} {allowed}";
    }
}
