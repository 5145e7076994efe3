using System.Net.Http.Headers;
using System.Text.Json;
using Podcasto.Costs.Cli.App;

namespace Podcasto.Costs.Cli.Commands.Catalog;

/// <summary>Podcasts and episodes as they stand in a file; what each is worth the server says.</summary>
internal sealed class CatalogFile(IReadOnlyList<JsonElement> podcasts, IReadOnlyList<JsonElement> episodes)
{
    // As many as the server takes in one body.
    private const int MostEntries = 10_000;
    private const string StandardInput = "-";

    /// <exception cref="CliException">It is no catalog.</exception>
    public static async Task<CatalogFile> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var stream = name == StandardInput ? Console.OpenStandardInput() : File.OpenRead(name);
        try
        {
            using var document = await JsonDocument.ParseAsync(stream, default, cancellationToken).WaitAsync(cancellationToken);
            return Of(document.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            throw new CliException(ExitCodes.Failed, $"The catalog is not valid JSON: {exception.Message}");
        }
    }

    /// <summary>Bodies that the server takes, podcasts first.</summary>
    public IEnumerable<HttpContent> Parts()
    {
        var all = podcasts.Select(entry => (IsPodcast: true, entry)).Concat(episodes.Select(entry => (IsPodcast: false, entry)));
        // An empty catalog is for the server to answer, too.
        foreach (var part in all.Chunk(MostEntries).DefaultIfEmpty([]))
        {
            yield return Body(
                part.Where(entry => entry.IsPodcast).Select(entry => entry.entry),
                part.Where(entry => !entry.IsPodcast).Select(entry => entry.entry)
            );
        }
    }

    private static CatalogFile Of(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new CliException(ExitCodes.Failed, """A catalog is an object: {"podcasts": [...], "episodes": [...]}.""");
        var lists = new Dictionary<string, IReadOnlyList<JsonElement>>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name is not ("podcasts" or "episodes") || property.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
                throw new CliException(ExitCodes.Failed, $"A catalog holds the arrays podcasts and episodes, not \"{property.Name}\".");
            if (!lists.TryAdd(property.Name, property.Value.ValueKind == JsonValueKind.Null ? [] : [.. property.Value.EnumerateArray()]))
                throw new CliException(ExitCodes.Failed, $"The catalog has \"{property.Name}\" twice.");
        }

        return new CatalogFile(lists.GetValueOrDefault("podcasts", []), lists.GetValueOrDefault("episodes", []));
    }

    private static ByteArrayContent Body(IEnumerable<JsonElement> podcasts, IEnumerable<JsonElement> episodes)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            Write("podcasts", podcasts);
            Write("episodes", episodes);
            writer.WriteEndObject();

            void Write(string name, IEnumerable<JsonElement> entries)
            {
                writer.WriteStartArray(name);
                foreach (var entry in entries)
                    writer.WriteRawValue(entry.GetRawText());
                writer.WriteEndArray();
            }
        }

        var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
