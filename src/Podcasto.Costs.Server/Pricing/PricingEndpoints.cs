using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Pricing;
using Podcasto.Costs.Core.Pricing;
using Podcasto.Costs.Server.Audit;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;
using Podcasto.Costs.Server.Hosting.Lists;
using Podcasto.Costs.Server.Storage;

namespace Podcasto.Costs.Server.Pricing;

internal static class PricingEndpoints
{
    private const int MaxBody = 4 * 1024 * 1024;
    private const int MaxPrices = 1_000;

    private static readonly string[] Filters = ["service", "region", "model", "unit", "at"];

    public static void MapPricing(this IEndpointRouteBuilder routes)
    {
        var pricing = routes.MapGroup("/api/v1/pricing").WithTags("Pricing").ProducesProblem(StatusCodes.Status400BadRequest);
        pricing
            .MapGet("", List)
            .WithName("ListPrices")
            .WithSummary("All prices with their history")
            .ProducesList<PriceView>(Filters)
            .RequireAuthorization(Policies.Read);
        pricing
            .MapGet("/current", GetCurrent)
            .WithName("GetCurrentPrice")
            .WithSummary("The price that applies")
            .Documents(Filters)
            .RequireAuthorization(Policies.Read);
        pricing
            .MapPost("", Post)
            .WithName("AddPrices")
            .WithSummary("Add a price or an array of up to 1,000; one that starts later closes an open one")
            .Accepts<object>("application/json")
            .Produces<PriceView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RequireAuthorization(Policies.Admin);
    }

    private static async Task<IResult> List(HttpRequest request, PriceStore prices, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request, "pricing", Filters);
        var filter = new PriceFilter(query.Text("service"), query.Text("region"), query.Text("model"), query.Text("unit"), query.Instant("at"));
        if (query.Refused is { } refused)
            return refused;
        return await query.AnswerAsync(await prices.ListAsync(filter, cancellationToken), Key, (price, after) => Compare(Key(price), after) > 0);
    }

    private static string?[] Key(PriceView price) =>
        [price.Service, price.Unit, price.Model ?? "", price.Region ?? "", SqliteText.Of(price.EffectiveFrom), price.Id.ToString("D")];

    private static int Compare(string?[] left, IReadOnlyList<string?> right)
    {
        for (var index = 0; index < left.Length; index++)
        {
            var order = string.CompareOrdinal(left[index], right[index]);
            if (order != 0)
                return order;
        }

        return 0;
    }

    private static async Task<Results<Ok<PriceView>, ProblemHttpResult>> GetCurrent(
        HttpRequest request,
        PriceBooks books,
        PriceStore prices,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var query = new QueryValues(request, Filters);
        var (service, unit, region, model, at) = (
            query.Text("service"),
            query.Text("unit"),
            query.Text("region"),
            query.Text("model"),
            query.Instant("at") ?? clock.GetUtcNow()
        );
        if (service is null && !query.Errors.Any)
            query.Errors.Add("service", "is required");
        if (query.Refused is { } refused)
            return refused;
        var book = await books.ReadCurrentAsync(cancellationToken);
        if (unit is null)
        {
            var units = book.UnitsOf(service!, at);
            if (units.Count > 1)
                return Problems.Invalid("unit", $"is needed: {service} has prices in {string.Join(", ", units)}");
            unit = units.Count == 1 ? units[0] : "";
        }

        return book.Find(service!, unit, model, region, at) is { } price && await prices.FindAsync(price.Id, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound("No price applies. GET /api/v1/pricing lists all of them.");
    }

    private static async Task<IResult> Post(HttpContext context, PriceStore prices, Database database, TimeProvider clock)
    {
        using var body = await JsonBody.ReadAsync(context.Request, MaxBody, context.RequestAborted);
        var errors = new FieldErrors();
        var added = Read(body.Root, clock.GetUtcNow(), errors);
        if (errors.Any)
            return Problems.Invalid(errors.Messages);
        try
        {
            if (await prices.AddAsync(added, onlyIfEmpty: false, Actor.Of(context.User), context.RequestAborted) is { } overlap)
                return Problems.Conflict($"{PriceWords.Of(overlap.Added)} overlaps {PriceWords.Of(overlap.Stored)}. Nothing was added.");
        }
        catch (Exception exception) when (database.IsOverlap(exception))
        {
            return Problems.Conflict("A price that was added at the same moment overlaps. Nothing was added.");
        }

        var views = new List<PriceView>();
        foreach (var price in added)
            views.Add((await prices.FindAsync(price.Price.Id, context.RequestAborted))!);
        return body.Root.ValueKind == JsonValueKind.Array
            ? TypedResults.Created("/api/v1/pricing", views)
            : TypedResults.Created("/api/v1/pricing", views[0]);
    }

    private static List<NewPrice> Read(JsonElement root, DateTimeOffset now, FieldErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Array)
            return NewPrice.Read(root, "", now, errors) is { } one ? [one] : [];
        if (root.GetArrayLength() is 0 or > MaxPrices)
        {
            errors.Add("", $"must hold 1 to {MaxPrices} prices");
            return [];
        }

        return [.. root.EnumerateArray().Select((element, index) => NewPrice.Read(element, $"/{index}", now, errors)).OfType<NewPrice>()];
    }
}
