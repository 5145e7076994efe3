using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Podcasto.Costs.Server.Hosting.Lists;

internal static class ListDocs
{
    /// <summary>Describes a list to OpenAPI: its page, its filters, JSON and CSV.</summary>
    public static RouteHandlerBuilder ProducesList<T>(this RouteHandlerBuilder route, params IEnumerable<string> filters) =>
        route
            .Produces<ItemsOf<T>>(StatusCodes.Status200OK, "application/json", "text/csv")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Documents([.. filters, "limit", "cursor", "format"]);

    /// <summary>Describes query parameters that the handler reads itself.</summary>
    public static RouteHandlerBuilder Documents(this RouteHandlerBuilder route, params IEnumerable<string> parameters) =>
        route.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                operation.Parameters ??= [];
                foreach (var name in parameters)
                {
                    operation.Parameters.Add(
                        new OpenApiParameter
                        {
                            Name = name,
                            In = ParameterLocation.Query,
                            Schema = new OpenApiSchema { Type = name == "limit" ? JsonSchemaType.Integer : JsonSchemaType.String },
                        }
                    );
                }

                return Task.CompletedTask;
            }
        );
}
