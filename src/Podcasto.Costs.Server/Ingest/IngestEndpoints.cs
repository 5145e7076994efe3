using Microsoft.AspNetCore.Http.Metadata;
using Podcasto.Costs.Client.Events;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Ingest.CloudEvents;

namespace Podcasto.Costs.Server.Ingest;

internal static class IngestEndpoints
{
    public static void MapIngest(this IEndpointRouteBuilder routes)
    {
        RequestDelegate post = routes.ServiceProvider.GetRequiredService<IngestHandler>().PostAsync;
        routes
            .MapPost("/api/v1/events", post)
            // The description of the interface knows handlers by their methods.
            .WithMetadata(post.Method)
            .WithName("IngestEvents")
            .WithSummary("Take events in: one, an array of up to 10,000, NDJSON of any length, or CloudEvents")
            .WithTags("Events")
            .WithMetadata(
                new AcceptsMetadata(
                    [IngestHandler.Json, IngestHandler.Ndjson, StructuredEvents.MediaType, StructuredEvents.BatchMediaType, "text/json"],
                    typeof(object)
                )
            )
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(IngestReceipt), [IngestHandler.Json]))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            // The limits of bodies are our own: 64 MiB for JSON, none for a stream of lines.
            .WithMetadata(new UnlimitedBody())
            .RequireAuthorization(Policies.Ingest);
    }

    private sealed class UnlimitedBody : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}
