using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Podcasto.Costs.Client.Catalog;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Catalog;

internal static class CatalogEndpoints
{
    private const int MaxEntries = 10_000;
    private const int MaxTitle = 500;
    private const int MaxEntryBody = 64 * 1024;

    private static readonly string[] PodcastFields = ["id", "title"];
    private static readonly string[] EpisodeFields = ["id", "podcast_id", "title", "published_at", "duration_seconds"];

    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        var catalog = routes
            .MapGroup("/api/v1")
            .WithTags("Catalog")
            .RequireAuthorization(Policies.Ingest)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        catalog
            .MapPut("/catalog", Put)
            .WithName("PutCatalog")
            .WithSummary("Add or update up to 10,000 podcasts and episodes")
            .Accepts<object>("application/json");
        catalog
            .MapPut("/podcasts/{id}", PutPodcast)
            .WithName("PutPodcast")
            .WithSummary("Add or update a podcast")
            .Accepts<PodcastEntry>("application/json");
        catalog
            .MapPut("/episodes/{id}", PutEpisode)
            .WithName("PutEpisode")
            .WithSummary("Add or update an episode; its costs follow it")
            .Accepts<EpisodeEntry>("application/json");
    }

    private static async Task<Results<Ok<CatalogReceipt>, ProblemHttpResult>> Put(HttpContext context, CatalogStore catalog)
    {
        using var body = await JsonBody.ReadAsync(context.Request, BoundedBody.MaxBytes, context.RequestAborted);
        var errors = new FieldErrors();
        var fields = new JsonObject(body.Root, "", ["podcasts", "episodes"], errors);
        var (podcasts, episodes) = (fields.Array("podcasts"), fields.Array("episodes"));
        if ((podcasts?.GetArrayLength() ?? 0) + (episodes?.GetArrayLength() ?? 0) > MaxEntries)
            return Problems.Invalid("", $"must not hold more than {MaxEntries} entries");
        var podcastEntries = ReadAll(
            podcasts,
            "/podcasts",
            (element, pointer) => ReadPodcast(element, pointer, null, errors),
            entry => entry.Id,
            errors
        );
        var episodeEntries = ReadAll(
            episodes,
            "/episodes",
            (element, pointer) => ReadEpisode(element, pointer, null, errors),
            entry => entry.Id,
            errors
        );
        if (errors.Any)
            return Problems.Invalid(errors.Messages);
        await catalog.PutAsync(podcastEntries, episodeEntries, context.RequestAborted);
        return TypedResults.Ok(new CatalogReceipt(podcastEntries.Count, episodeEntries.Count));
    }

    private static async Task<Results<Ok<PodcastEntry>, ProblemHttpResult>> PutPodcast(string id, HttpContext context, CatalogStore catalog)
    {
        if (!Ids.TryParse(id, out var podcast))
            return Problems.Invalid("id", "must be a UUID in 8-4-4-4-12 form");
        using var body = await JsonBody.ReadAsync(context.Request, MaxEntryBody, context.RequestAborted);
        var errors = new FieldErrors();
        if (ReadPodcast(body.Root, "", podcast, errors) is not { } entry)
            return Problems.Invalid(errors.Messages);
        await catalog.PutAsync([entry], [], context.RequestAborted);
        return TypedResults.Ok(entry);
    }

    private static async Task<Results<Ok<EpisodeEntry>, ProblemHttpResult>> PutEpisode(string id, HttpContext context, CatalogStore catalog)
    {
        if (!Ids.TryParse(id, out var episode))
            return Problems.Invalid("id", "must be a UUID in 8-4-4-4-12 form");
        using var body = await JsonBody.ReadAsync(context.Request, MaxEntryBody, context.RequestAborted);
        var errors = new FieldErrors();
        if (ReadEpisode(body.Root, "", episode, errors) is not { } entry)
            return Problems.Invalid(errors.Messages);
        await catalog.PutAsync([], [entry], context.RequestAborted);
        return TypedResults.Ok(entry);
    }

    private static List<T> ReadAll<T>(JsonElement? array, string pointer, Func<JsonElement, string, T?> read, Func<T, Guid> id, FieldErrors errors)
        where T : class
    {
        var entries = new List<T>();
        var ids = new HashSet<Guid>();
        var index = -1;
        foreach (var element in array?.EnumerateArray() ?? default)
        {
            index++;
            if (errors.IsFull || read(element, $"{pointer}/{index}") is not { } entry)
                continue;
            if (!ids.Add(id(entry)))
                errors.Add($"{pointer}/{index}/id", "is there twice");
            entries.Add(entry);
        }

        return entries;
    }

    private static PodcastEntry? ReadPodcast(JsonElement element, string pointer, Guid? route, FieldErrors errors)
    {
        var known = errors.Count;
        var fields = new JsonObject(element, pointer, PodcastFields, errors);
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        var (id, title) = (ReadId(fields, route), fields.Text("title", MaxTitle, required: true));
        return errors.Count > known || errors.IsFull ? null : new PodcastEntry { Id = id!.Value, Title = title! };
    }

    private static EpisodeEntry? ReadEpisode(JsonElement element, string pointer, Guid? route, FieldErrors errors)
    {
        var known = errors.Count;
        var fields = new JsonObject(element, pointer, EpisodeFields, errors);
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        var (id, podcast, title) = (ReadId(fields, route), fields.Id("podcast_id", required: true), fields.Text("title", MaxTitle, required: true));
        var (publishedAt, duration) = (fields.Instant("published_at"), fields.Decimal("duration_seconds", DecimalLimits.Quantity));
        if (errors.Count > known || errors.IsFull)
            return null;
        return new EpisodeEntry
        {
            Id = id!.Value,
            PodcastId = podcast!.Value,
            Title = title!,
            PublishedAt = publishedAt,
            DurationSeconds = duration,
        };
    }

    // In a route of one entry the body may leave the id out, or repeat it.
    private static Guid? ReadId(JsonObject fields, Guid? route)
    {
        var id = fields.Id("id", required: route is null);
        if (route is not null && id is not null && id != route)
            fields.Refuse("id", "must be that of the route");
        return route ?? id;
    }
}
