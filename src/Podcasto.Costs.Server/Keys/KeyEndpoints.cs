using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Keys;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Hosting.Lists;

namespace Podcasto.Costs.Server.Keys;

internal static class KeyEndpoints
{
    private const int MaxBody = 64 * 1024;

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
        if (NewKey.Read(body.Root, clock.GetUtcNow(), errors) is not { } wanted)
            return Problems.Invalid(errors.Messages);
        var key = await keys.CreateAsync(wanted, Actor.Of(context.User), context.RequestAborted);
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
        ClaimsPrincipal reader,
        KeyStore keys,
        KeyRing ring,
        CancellationToken cancellationToken
    )
    {
        if (!Ids.TryParse(id, out var key))
            return Problems.Invalid("id", "must be a UUID in 8-4-4-4-12 form");
        var known = await keys.RevokeAsync(key, Actor.Of(reader), cancellationToken);
        ring.Forget();
        return known ? TypedResults.NoContent() : Problems.NotFound($"No key has the id {key:D}.");
    }
}
