using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Keys;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Keys;

internal static class KeyEndpoints
{
    private const int MaxBody = 64 * 1024;
    private const int MaxName = 100;

    private static readonly string[] Fields = ["name", "scopes", "expires_at"];
    private static readonly string[] Scopes = [Policies.Ingest, Policies.Read, Policies.Admin];

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes
            .MapGroup("/api/v1/keys")
            .WithTags("Keys")
            .RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        keys.MapPost("", Post).WithName("CreateKey").WithSummary("Make a key; it is shown this once").Accepts<object>("application/json");
        keys.MapGet("", List).WithName("ListKeys").WithSummary("All keys, without their secrets").Produces<ItemsOf<KeyView>>();
        keys.MapDelete("/{id}", Delete).WithName("RevokeKey").WithSummary("Revoke a key for good");
    }

    private static async Task<Results<Created<NewKeyView>, ProblemHttpResult>> Post(HttpContext context, KeyStore keys, TimeProvider clock)
    {
        using var body = await JsonBody.ReadAsync(context.Request, MaxBody, context.RequestAborted);
        var errors = new FieldErrors();
        var fields = new JsonObject(body.Root, "", Fields, errors);
        var name = fields.Text("name", MaxName, required: true);
        var expiresAt = fields.Instant("expires_at");
        if (expiresAt <= clock.GetUtcNow())
            fields.Refuse("expires_at", "must be in the future");
        var scopes = new List<string>();
        foreach (var scope in fields.Array("scopes", required: true)?.EnumerateArray() ?? default)
        {
            if (scope.ValueKind == System.Text.Json.JsonValueKind.String && Scopes.Contains(scope.GetString()))
                scopes.Add(scope.GetString()!);
            else
                fields.Refuse("scopes", $"may hold {string.Join(", ", Scopes)}");
        }

        if (scopes.Count == 0 && !errors.Any)
            fields.Refuse("scopes", $"must name at least one of {string.Join(", ", Scopes)}");
        if (errors.Any)
            return Problems.Invalid(errors.Messages);
        var key = await keys.CreateAsync(name!, [.. scopes.Distinct(StringComparer.Ordinal)], expiresAt, context.RequestAborted);
        return TypedResults.Created($"/api/v1/keys/{key.Id:D}", key);
    }

    private static async Task<IResult> List(HttpRequest request, KeyStore keys, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request, "keys");
        if (query.Refused is { } refused)
            return refused;
        // By the time of making; ids of version 7 have the same order.
        return await query.AnswerAsync(
            await keys.ListAsync(cancellationToken),
            key => [key.Id.ToString("D")],
            (key, after) => key.Id.CompareTo(Guid.ParseExact(after[0]!, "D")) > 0
        );
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        string id,
        KeyStore keys,
        KeyRing ring,
        CancellationToken cancellationToken
    )
    {
        if (!Ids.TryParse(id, out var key))
            return Problems.Invalid("id", "must be a UUID in 8-4-4-4-12 form");
        var known = await keys.RevokeAsync(key, cancellationToken);
        ring.Forget();
        return known ? TypedResults.NoContent() : Problems.NotFound($"No key has the id {key:D}.");
    }
}
