using Microsoft.AspNetCore.Http.Metadata;
using Podcasto.Costs.Server.Hosting;

namespace Podcasto.Costs.Server.Ingest.Otlp;

internal static class TraceEndpoints
{
    /// <summary>Where every exporter sends traces that is told only the address of the server.</summary>
    public const string Path = "/v1/traces";

    public static void MapTraces(this IEndpointRouteBuilder routes)
    {
        RequestDelegate post = routes.ServiceProvider.GetRequiredService<TraceHandler>().PostAsync;
        routes
            .MapPost(Path, post)
            // The description of the interface knows handlers by their methods.
            .WithMetadata(post.Method)
            .WithName("ExportTraces")
            .WithSummary("Take traces in by OTLP: calls of models become events, other spans are ignored")
            .WithTags("Events")
            .WithMetadata(new AcceptsMetadata([TraceEncoding.Json, TraceEncoding.Protobuf], typeof(object)))
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(object), [TraceEncoding.Json, TraceEncoding.Protobuf]))
            .RequireAuthorization(Policies.Ingest);
    }
}
